internal import ColumnStore
internal import Dispatch
internal import OrderModel
internal import Synchronization

/// Takes commands from any thread, writes them on one: what has queued is judged in order, committed once, and answered
/// when it is on the disk.
///
/// The work runs on a serial queue, a whole transaction in one block, so that it begins and ends on one thread. Where a
/// commit is only on the disk with the next one (``OrderStore/Options/Durability/pipelined``) its answers wait for that,
/// or for the flush made as soon as nothing else is queued.
final class CommandQueue: Sendable {
  typealias Results = [Result<Receipt, Refusal>]
  typealias Answer = @Sendable (Result<Results, StoreError>) -> Void

  private struct Job: Sendable {
    var submissions: [Submission]
    var answer: Answer
  }

  private struct Waiting: Sendable {
    var jobs: [Job] = []
    var isScheduled = false
    var isClosed = false
  }

  /// A job that is written but perhaps not on the disk yet.
  private struct Unanswered {
    var job: Job
    var results: Results
    /// The engine's commit that must be on the disk first.
    var transactionID: Int
  }

  /// What belongs to the serial queue alone.
  private final class Worker: @unchecked Sendable {
    let writer: LogWriter<OrderFold>
    let judge = Judge()
    var unanswered: [Unanswered] = []
    init(writer: LogWriter<OrderFold>) { self.writer = writer }
  }

  private let waiting = Mutex(Waiting())
  private let queue = DispatchQueue(label: "orderbase.writer")
  private let worker: Worker
  /// Whether answers wait for the disk.
  private let isDurable: Bool
  private let clock: @Sendable () -> Int64
  private let path: String

  init(
    writer: sending LogWriter<OrderFold>, isDurable: Bool, path: String, clock: @escaping @Sendable () -> Int64
  ) {
    worker = Worker(writer: writer)
    (self.isDurable, self.path, self.clock) = (isDurable, path, clock)
  }

  /// Queues submissions that are to be answered together.
  func submit(_ submissions: [Submission], _ answer: @escaping Answer) {
    let isClosed = waiting.withLock { waiting in
      if waiting.isClosed { return true }
      waiting.jobs.append(Job(submissions: submissions, answer: answer))
      if !waiting.isScheduled {
        waiting.isScheduled = true
        queue.async { self.drain() }
      }
      return false
    }
    if isClosed { answer(.failure(.closed)) }
  }

  var isClosed: Bool { waiting.withLock { $0.isClosed } }

  /// Folds what is not folded; what was queued before is written first.
  func fold() throws(StoreError) {
    let result: Result<Void, StoreError> = queue.sync {
      drain()
      do throws(FileError) {
        try worker.writer.fold()
        return .success(())
      } catch { return .failure(StoreError(error, path: path)) }
    }
    try result.get()
  }

  /// How a rehearsal ends: always without a commit.
  private enum RehearsalEnd: Error {
    case accepted(Receipt, Snapshot, LogGroup)
    case refused(Refusal)
    case failed(FileError)
  }

  /// Judges a submission in a write transaction that is then aborted; what was queued before is written first.
  ///
  /// - Returns: The receipt, the state that the command would lead to, and the group it would become; or why it would not.
  func rehearse(_ submission: Submission) throws(StoreError) -> Result<(Receipt, Snapshot, LogGroup), Refusal> {
    let end: RehearsalEnd = queue.sync {
      drain()
      let (file, judge, clock) = (worker.writer.file, worker.judge.rehearsing(), self.clock())
      do throws(RehearsalEnd) {
        _ = try worker.writer.commit(clock: clock, onFileError: { .failed($0) }) {
          (session) throws(RehearsalEnd) -> Void in
          throw CommandQueue.end(of: submission, by: judge, in: &session, file)
        }
        preconditionFailure("a rehearsal throws")
      } catch { return error }
    }
    switch end {
    case .accepted(let receipt, let state, let group): return .success((receipt, state, group))
    case .refused(let refusal): return .failure(refusal)
    case .failed(let error): throw StoreError(error, path: path)
    }
  }

  private static func end(
    of submission: Submission, by judge: Judge, in session: inout WriteSession<OrderFold>, _ file: StoreFile
  ) -> RehearsalEnd {
    do throws(JudgeFailure) {
      let receipt = try judge.judge(submission, in: &session)
      do throws(FileError) {
        let facts = session.appendedFacts
        // Nobody else writes meanwhile: what is committed now is what the command was judged against.
        let state = try Snapshot(of: file, folding: OrderFold(), before: facts)
        let firstRows = session.firstRows
        return .accepted(
          receipt, state,
          LogGroup(
            sequence: session.nextSequence, recordedAt: state.recordedAt, previousChecksum: 0, firstRows: firstRows,
            facts: facts))
      } catch { return .failed(error) }
    } catch {
      switch error {
      case .refused(let refusal): return .refused(refusal)
      case .file(let error): return .failed(error)
      case .groupFull: preconditionFailure("a group of one command")
      }
    }
  }

  /// Refuses what comes from now on and waits for what is queued.
  func close() {
    waiting.withLock { $0.isClosed = true }
    queue.sync { drain() }
  }

  // MARK: On the serial queue

  private func drain() {
    while true {
      let jobs = waiting.withLock { waiting in
        let jobs = waiting.jobs
        waiting.jobs = []
        if jobs.isEmpty, worker.unanswered.isEmpty { waiting.isScheduled = false }
        return jobs
      }
      if !jobs.isEmpty {
        write(jobs)
      } else if worker.unanswered.isEmpty {
        return
      } else {
        flush()
      }
    }
  }

  private func write(_ jobs: [Job]) {
    var position = (job: 0, submission: 0)
    var answers: [Results] = jobs.map { _ in [] }
    var transactionIDs = jobs.map { _ in 0 }
    while position.job < jobs.count {
      let start = position
      do throws(FileError) {
        try commit(jobs, from: &position, into: &answers, &transactionIDs)
      } catch {
        worker.judge.reset()
        let failure = StoreError(error, path: path)
        for job in start.job..<jobs.count { jobs[job].answer(.failure(failure)) }
        return
      }
      // Jobs that are wholly committed stand, whatever becomes of the others.
      for job in start.job..<position.job {
        worker.unanswered.append(
          Unanswered(job: jobs[job], results: answers[job], transactionID: transactionIDs[job]))
      }
      answerWhatIsDurable()
    }
  }

  /// Brings what was written to the disk and answers it; fails it where a flush has failed before, since the next one may
  /// succeed without having written what was lost.
  private func flush() {
    let file = worker.writer.file
    do throws(FileError) {
      if file.isInDoubt { try file.confirm() } else { try file.sync() }
      answerWhatIsDurable()
    } catch { fail(StoreError(error, path: path)) }
  }

  private func answerWhatIsDurable() {
    let synced = isDurable ? worker.writer.file.syncedThrough : .max
    let durable = worker.unanswered.prefix { $0.transactionID <= synced }
    worker.unanswered.removeFirst(durable.count)
    for waiting in durable { waiting.job.answer(.success(waiting.results)) }
  }

  private func fail(_ failure: StoreError) {
    let failed = worker.unanswered
    worker.unanswered = []
    for waiting in failed { waiting.job.answer(.failure(failure)) }
  }

  /// One commit: takes submissions until none is left or the group is full.
  ///
  /// - Parameter transactionIDs: Told for each job the commit that must be on the disk before it is answered. A receipt
  ///   that nothing was new promises too that what it found is kept; a refusal promises nothing.
  @available(*, noasync)
  private func commit(
    _ jobs: [Job], from position: inout (job: Int, submission: Int), into answers: inout [Results],
    _ transactionIDs: inout [Int]
  ) throws(FileError) {
    var next = position
    var results: [(job: Int, result: Result<Receipt, Refusal>)] = []
    let judge = worker.judge
    let written = try worker.writer.commit(clock: clock(), onFileError: { $0 }) { (session) throws(FileError) in
      while next.job < jobs.count {
        let job = jobs[next.job]
        while next.submission < job.submissions.count {
          do throws(JudgeFailure) {
            results.append((next.job, .success(try judge.judge(job.submissions[next.submission], in: &session))))
          } catch {
            switch error {
            case .refused(let refusal): results.append((next.job, .failure(refusal)))
            case .file(let error): throw error
            case .groupFull: return
            }
          }
          next.submission += 1
        }
        next = (next.job + 1, 0)
      }
    }
    for (job, result) in results {
      answers[job].append(result)
      if case .success = result { transactionIDs[job] = written.transactionID }
    }
    position = next
  }
}
