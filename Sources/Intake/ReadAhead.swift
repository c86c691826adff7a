internal import Dispatch
internal import Synchronization

/// Runs a producer on a thread of its own, at most two batches ahead of whoever takes them.
final class ReadAhead: Sendable {
  private struct State {
    var batches: [ImportBatch] = []
    var failure: IntakeError?
    var isAtEnd = false
    var isStopped = false
  }

  private static let depth = 2

  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)
  // Starts at 0: Dispatch traps when a semaphore dies below the value it was made with.
  private let free = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// Starts reading. Until ``stop()`` returns, the producer belongs to the other thread.
  init(_ producer: ImportProducer) {
    for _ in 0..<Self.depth { free.signal() }
    let lent = Lent(producer: producer)
    DispatchQueue.global().async { self.read(lent.producer) }
  }

  /// Hands the producer to the one thread that uses it from then on.
  private struct Lent: @unchecked Sendable {
    let producer: ImportProducer
  }

  private func read(_ producer: ImportProducer) {
    var goesOn = true
    while goesOn {
      free.wait()
      let batch: Result<ImportBatch?, IntakeError>
      if state.withLock({ $0.isStopped }) { break }
      do throws(IntakeError) { batch = .success(try producer.next()) } catch { batch = .failure(error) }
      state.withLock { state in
        switch batch {
        case .success(let batch?): state.batches.append(batch)
        case .success(nil):
          state.isAtEnd = true
          goesOn = false
        case .failure(let failure):
          state.failure = failure
          goesOn = false
        }
      }
      filled.signal()
    }
    ended.signal()
  }

  /// The next batch, nil at the end.
  func next() throws(IntakeError) -> ImportBatch? {
    filled.wait()
    let (batch, failure) = state.withLock { state in
      state.batches.isEmpty ? (nil, state.failure) : (state.batches.removeFirst(), nil)
    }
    if let batch {
      free.signal()
      return batch
    }
    // The end or the failure may be asked for again.
    filled.signal()
    if let failure { throw failure }
    return nil
  }

  /// Ends the reading and waits until the producer is free again.
  func stop() {
    state.withLock { $0.isStopped = true }
    free.signal()
    ended.wait()
    ended.signal()
  }
}
