import Dispatch
import Foundation
import OrderModel
import OrderStore
import Synchronization

/// Runs a day, two commands under way at a time so that a pipeline stays filled; every ninth command lets it run dry.
final class DayRun: Sendable {
  enum Answer: Sendable {
    case accepted(sequence: UInt64)
    case refused
    case failed(StoreError)
  }

  private struct State {
    var next: Int
    var end = 0
    var underWay = 0
    var answers: [Int: Answer] = [:]
  }

  private let store: OrderStore
  private let day: Day
  private let state: Mutex<State>
  private let idle = DispatchSemaphore(value: 0)
  /// Called on the writer's thread, before it writes on.
  private let heard: @Sendable (Int, Answer) -> Void

  /// Runs the commands from `first` on, until one fails.
  ///
  /// - Returns: The answer to each that was submitted.
  static func run(
    _ day: Day, on store: OrderStore, from first: Int = 0,
    heard: @escaping @Sendable (Int, Answer) -> Void = { _, _ in }
  ) -> [Int: Answer] {
    let run = DayRun(day, store, first, heard)
    run.runAll()
    return run.state.withLock { $0.answers }
  }

  private init(_ day: Day, _ store: OrderStore, _ first: Int, _ heard: @escaping @Sendable (Int, Answer) -> Void) {
    (self.day, self.store, self.heard) = (day, store, heard)
    state = Mutex(State(next: first))
  }

  private func runAll() {
    while true {
      let hasMore = state.withLock { state in
        let failed = state.answers.values.contains { if case .failed = $0 { true } else { false } }
        state.end = failed ? state.next : min(state.next + 9, day.commands.count)
        return state.next < state.end
      }
      if !hasMore { return }
      submitNext()
      submitNext()
      idle.wait()
    }
  }

  private func submitNext() {
    state.withLock { state in
      guard state.next < state.end else { return }
      let index = state.next
      state.next += 1
      state.underWay += 1
      // Within the lock, so that commands queue in their order.
      store.submit([day.commands[index]]) { self.take($0, of: index) }
    }
  }

  private func take(_ result: Result<[Result<Receipt, Refusal>], StoreError>, of index: Int) {
    let answer: Answer =
      switch result {
      case .failure(let error): .failed(error)
      case .success(let results):
        switch results[0] {
        case .success(let receipt): .accepted(sequence: receipt.sequence)
        case .failure: .refused
        }
      }
    heard(index, answer)
    state.withLock { state in
      state.answers[index] = answer
      if case .failed = answer { state.end = state.next }
    }
    submitNext()
    let isIdle = state.withLock { state in
      state.underWay -= 1
      return state.underWay == 0
    }
    if isIdle { idle.signal() }
  }
}

/// `day`: one day on a new store, acknowledgements marked for the recorder and written to a file.
enum DayCommand {
  /// - Parameter failedFlush: The flush of the file, from 1, that fails after the store is made; the store is then opened
  ///   again, and the day told again from its beginning. 0 for none.
  static func run(store path: String, acknowledgements: String, mode: String, count: Int, failedFlush: Int) throws {
    let descriptor = open(acknowledgements, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { fatalError("cannot write \(acknowledgements)") }
    let tell: @Sendable (String) -> Void = { text in
      Recorder.mark(text)
      let line = text + "\n"
      _ = line.withCString { write(descriptor, $0, strlen($0)) }
    }
    let time = Mutex<Int64>(0)
    let clock: @Sendable () -> Int64 = {
      time.withLock {
        $0 += 1
        return $0
      }
    }
    let options = Store.options(Store.mode(mode))
    let day = Day(count: count)
    /// - Returns: Why it ended early.
    func run(on store: OrderStore) throws -> StoreError? {
      let answers = DayRun.run(day, on: store) { index, answer in
        if case .accepted(let sequence) = answer { tell("ack \(index) \(sequence)") }
      }
      for answer in answers.values { if case .failed(let error) = answer { return error } }
      do throws(StoreError) { try store.close() } catch { return error }
      return nil
    }
    func first() throws -> StoreError? {
      let store = try OrderStore.create(path: path, options: options, clock: clock)
      tell("created")
      if failedFlush > 0 { Recorder.fault(.flush, at: failedFlush, code: EIO, sticky: false) }
      let error = try run(on: store)
      if error != nil { try? store.close() }
      return error
    }
    if let error = try first() {
      guard failedFlush > 0, case .diskFailed = error else { throw Violation("failed", "\(error)") }
      let again = try run(on: try OrderStore.open(path: path, options: options, clock: clock))
      if let again { throw Violation("failed", "told again: \(again)") }
    }
    if failedFlush > 0, !Recorder.hasFired { exit(2) }
    tell("closed")
  }
}

/// What a day acknowledged, as its file tells.
struct Acknowledgements {
  var isCreated = false
  var sequences: [Int: UInt64] = [:]

  init(path: String) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return }
    for line in text.split(separator: "\n") { add(String(line)) }
  }

  init() {}

  mutating func add(_ line: String) {
    let words = line.split(separator: " ")
    if words == ["created"] { isCreated = true }
    if words.count == 3, words[0] == "ack", let index = Int(words[1]), let sequence = UInt64(words[2]) {
      sequences[index] = sequence
    }
  }
}
