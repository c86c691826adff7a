internal import ColumnStore
internal import Dispatch
internal import OrderModel
internal import Synchronization

/// Takes commands from any thread, writes them on one: what has queued is judged in order, committed once, answered.
///
/// The work runs on a serial queue, a whole transaction in one block, so that it begins and ends on one thread.
final class CommandQueue: Sendable {
  typealias Answer = @Sendable (Result<[Result<Receipt, Refusal>], StoreError>) -> Void

  private struct Job: Sendable {
    var submissions: [Submission]
    var answer: Answer
  }

  private struct Waiting: Sendable {
    var jobs: [Job] = []
    var isScheduled = false
    var isClosed = false
  }

  /// What belongs to the serial queue alone.
  private final class Worker: @unchecked Sendable {
    let writer: LogWriter<OrderFold>
    let judge = Judge()
    init(writer: LogWriter<OrderFold>) { self.writer = writer }
  }

  private let waiting = Mutex(Waiting())
  private let queue = DispatchQueue(label: "orderbase.writer")
  private let worker: Worker
  private let clock: @Sendable () -> Int64
  private let path: String

  init(writer: sending LogWriter<OrderFold>, path: String, clock: @escaping @Sendable () -> Int64) {
    worker = Worker(writer: writer)
    (self.path, self.clock) = (path, clock)
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
        if jobs.isEmpty { waiting.isScheduled = false }
        return jobs
      }
      if jobs.isEmpty { return }
      write(jobs)
    }
  }

  private func write(_ jobs: [Job]) {
    var position = (job: 0, submission: 0)
    var answers: [[Result<Receipt, Refusal>]] = jobs.map { _ in [] }
    var answered = 0
    while position.job < jobs.count {
      let start = position
      do throws(FileError) {
        try commit(jobs, from: &position, into: &answers)
      } catch {
        worker.judge.reset()
        // Jobs that were wholly committed before stand; the others are told.
        let failure = StoreError(error, path: path)
        for job in answered..<start.job { jobs[job].answer(.success(answers[job])) }
        for job in start.job..<jobs.count { jobs[job].answer(.failure(failure)) }
        return
      }
      while answered < position.job {
        jobs[answered].answer(.success(answers[answered]))
        answered += 1
      }
    }
  }

  /// One commit: takes submissions until none is left or the group is full.
  @available(*, noasync)
  private func commit(
    _ jobs: [Job], from position: inout (job: Int, submission: Int), into answers: inout [[Result<Receipt, Refusal>]]
  ) throws(FileError) {
    var next = position
    var results: [(job: Int, result: Result<Receipt, Refusal>)] = []
    let judge = worker.judge
    _ = try worker.writer.commit(clock: clock(), onFileError: { $0 }) { (session) throws(FileError) in
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
    for (job, result) in results { answers[job].append(result) }
    position = next
  }
}
