internal import Glibc
internal import Synchronization

/// How many forks lie between this process and the one that loaded the module.
///
/// A child inherits the map, the descriptors and the reader slots of its parent; using or closing them harms the parent.
/// Every handle remembers the number at its opening, and is dead where the number differs. Comparing costs one load,
/// where `getpid` is a system call.
enum ForkGuard {
  static let generation = Atomic<Int>(0)

  private static let registered: Bool = pthread_atfork(nil, nil, { ForkGuard.countFork() }) == 0

  /// Starts counting; further calls change nothing.
  static func install() {
    precondition(registered, "no memory to register a fork handler")
  }

  private static func countFork() {
    generation.wrappingAdd(1, ordering: .relaxed)
  }
}
