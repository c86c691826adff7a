internal import Synchronization

/// Makes the n-th engine call on one file fail, so that tests can try every failure. Debug builds only; elsewhere
/// arming does nothing.
package enum Fault {
  private struct Plan {
    var callsBefore: Int
    let code: ErrorCode
    var fired = false
  }

  private static let plans = Mutex<[String: Plan]>([:])
  private static let armedCount = Atomic<Int>(0)

  /// Lets `callCount` calls on the file at `path` pass and fails the next one with `code`, once.
  package static func arm(after callCount: Int, code: ErrorCode, path: String) {
    let path = FileIdentity.canonicalPath(path)
    plans.withLock { plans in
      if plans.updateValue(Plan(callsBefore: callCount, code: code), forKey: path) == nil {
        armedCount.wrappingAdd(1, ordering: .relaxed)
      }
    }
  }

  /// Ends the plan for `path`.
  ///
  /// - Returns: Whether a call was failed.
  @discardableResult
  package static func disarm(path: String) -> Bool {
    let path = FileIdentity.canonicalPath(path)
    return plans.withLock { plans in
      guard let plan = plans.removeValue(forKey: path) else { return false }
      armedCount.wrappingSubtract(1, ordering: .relaxed)
      return plan.fired
    }
  }

  /// The code the call about to be made on `path` is to fail with.
  static func next(on path: String) -> ErrorCode? {
    guard armedCount.load(ordering: .relaxed) > 0 else { return nil }
    return plans.withLock { plans in
      guard var plan = plans[path], !plan.fired else { return nil }
      defer { plans[path] = plan }
      if plan.callsBefore > 0 {
        plan.callsBefore -= 1
        return nil
      }
      plan.fired = true
      return plan.code
    }
  }
}
