import Foundation

/// `explore`: records a day, then loses the power at every moment of it, in every way there is or in many.
enum ExploreCommand {
  struct Outcome {
    var days = 1
    var images = 0
    var violations: [String: Int] = [:]
    var examples: [String] = []
    var tally = CrashPoints.Tally()
  }

  /// - Returns: Whether the mode kept what it promises; nil when no recorder could be built.
  static func run(
    mode: String, images limit: Int, exhaustivePages: Int, samples: Int, count: Int, seed: UInt64, failedFlush: Int = 0
  ) throws -> Outcome? {
    let directory = WorkingDirectory()
    guard let recorder = Recorder.library(in: directory.path) else { return nil }
    let (store, trace) = (directory.file("day.orders"), directory.file("trace"))
    let recording = Child(
      ["day", store, directory.file("acks"), mode, "\(count)", "\(failedFlush)"],
      environment: [
        "LD_PRELOAD": recorder, "STRESS_FILE": store, "STRESS_TRACE": trace, "STRESS_SKIP_SYNC": "1",
      ])
    let output = recording.readToEnd()
    let status = recording.wait()
    // The day had no such flush.
    if failedFlush > 0, status == 2 { return Outcome(days: 0) }
    guard status == 0 else { throw Violation("recording", output) }
    let recorded = try Trace(path: trace)
    let reference = try Reference(of: recorded, in: directory)
    try reference.write(to: directory.file("reference"))

    let stride = 2
    var workers = (0..<stride).map { Worker(next: $0) }
    func start(_ worker: inout Worker) {
      worker.child = Child(
        [
          "images", trace, directory.file("reference"), "\(count)", "\(seed)", "\(exhaustivePages)", "\(samples)",
          "\(worker.next)", "\(stride)", "\(limit)",
        ], environment: ["STRESS_DIRECTORY": directory.path])
      worker.rest = []
    }
    var outcome = Outcome()
    for index in workers.indices { start(&workers[index]) }
    while workers.contains(where: { $0.child != nil }) {
      for index in workers.indices {
        guard let child = workers[index].child else { continue }
        let read = child.read(milliseconds: workers.filter { $0.child != nil }.count > 1 ? 20 : 1_000)
        if let read, !read.isEmpty {
          workers[index].idleRounds = 0
          workers[index].take(read, into: &outcome)
          continue
        }
        if read != nil {
          workers[index].idleRounds += 1
          if workers[index].idleRounds > 1_000 { kill(child.process, SIGKILL) }
          continue
        }
        // Its output ended: it is done, or the image it was looking at ended it.
        let status = child.wait()
        if workers[index].isDone {
          workers[index].child = nil
        } else {
          outcome.images += 1
          outcome.violations["crashed", default: 0] += 1
          outcome.examples.append("crashed with \(status): image \(workers[index].next)")
          workers[index].next += stride
          start(&workers[index])
        }
      }
    }
    return outcome
  }

  /// As ``run(mode:images:exhaustivePages:samples:count:seed:failedFlush:)`` with flush 1, 1 + `step` … up to `limit`
  /// failing, one a day: what it was to write is forgotten by the system, and no later flush writes it.
  static func loseFlushes(mode: String, imagesEach: Int, limit: Int, step: Int, count: Int) throws -> Outcome? {
    var sum = Outcome(days: 0)
    for flush in Swift.stride(from: 1, through: limit, by: step) {
      guard
        let outcome = try run(
          mode: mode, images: imagesEach, exhaustivePages: 3, samples: 2, count: count, seed: UInt64(flush),
          failedFlush: flush)
      else { return nil }
      if outcome.days == 0 { break }
      sum.days += 1
      sum.images += outcome.images
      sum.violations.merge(outcome.violations, uniquingKeysWith: +)
      if sum.examples.count < 5 { sum.examples += outcome.examples.map { "flush \(flush): \($0)" } }
      sum.tally.moments += outcome.tally.moments
      sum.tally.exhausted += outcome.tally.exhausted
      sum.tally.torn += outcome.tally.torn
    }
    return sum
  }

  /// A process that looks at images, and how far it is.
  private struct Worker {
    var next: Int
    var child: Child?
    var rest: [UInt8] = []
    var isDone = false
    var idleRounds = 0

    init(next: Int) { self.next = next }

    mutating func take(_ bytes: [UInt8], into outcome: inout Outcome) {
      rest += bytes
      while let end = rest.firstIndex(of: 10) {
        let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ", maxSplits: 2)
        rest.removeSubrange(...end)
        switch words.first {
        case "at": next = Int(words[1])!
        case "ok": outcome.images += Int(words[1])!
        case "bad":
          outcome.images += 1
          outcome.violations[String(words[1]), default: 0] += 1
          if outcome.examples.count < 5 { outcome.examples.append("image \(next): \(words[1]) \(words[2])") }
        case "done":
          isDone = true
          let numbers = words[1...].joined(separator: " ").split(separator: " ").compactMap { Int($0) }
          outcome.tally.moments = max(outcome.tally.moments, numbers[0])
          outcome.tally.exhausted = max(outcome.tally.exhausted, numbers[1])
          outcome.tally.torn += numbers[2]
        default: break
        }
      }
    }
  }

  /// `images`: the part of one worker. Says which image it is at before it looks, since an image may be its end.
  static func look(_ arguments: [String]) throws {
    let numbers = arguments[2...].map { Int($0)! }
    let directory = WorkingDirectory()
    let trace = try Trace(path: arguments[0])
    let points = CrashPoints(
      trace: trace, seed: UInt64(numbers[1]), exhaustivePages: numbers[2], samples: numbers[3])
    let check = ImageCheck(
      day: Day(count: numbers[0]), reference: try Reference(path: arguments[1]), directory: directory, verifyEvery: 97,
      doubtsOlderMeta: trace.hasFailedFlush)
    func say(_ text: String) { _ = (text + "\n").withCString { write(1, $0, strlen($0)) } }
    let tally = try points.forEachImage(first: numbers[4], stride: numbers[5], limit: numbers[6]) { image in
      say("at \(image.number)")
      do {
        try check.run(image)
        say("ok 1")
      } catch let violation as Violation {
        say("bad \(violation.kind) \(violation.detail.replacing("\n", with: " ")) (moment \(image.moment))")
      }
      return true
    }
    say("done \(tally.moments) \(tally.exhausted) \(tally.torn)")
  }
}
