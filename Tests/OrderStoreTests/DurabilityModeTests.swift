import Dispatch
import Foundation
import OrderModel
import OrderStore
import Synchronization
import Testing

/// When a command is answered.
struct DurabilityModeTests {
  let directory = TemporaryDirectory()

  private func options(_ durability: OrderStore.Options.Durability) -> OrderStore.Options {
    var options = OrderStore.Options.quick(.bytes(500))
    options.durability = durability
    return options
  }

  @Test func `one command after the other is answered at once in a pipelined store`() throws {
    do {
      let store = try OrderStore.create(path: directory.file(), options: options(.pipelined))
      for number in 0..<5 {
        #expect(try store.submit(.place(order("\(number)"))).sequence == UInt64(number + 1))
      }
      #expect(try store.submit(.place(order("3"))).outcome == .unchanged)
      #expect(throws: StoreError.self) { try store.submit(.place(order("3", [line("TEA", 9)]))) }
      try store.close()
    }
    let again = try OrderStore.open(path: directory.file(), options: options(.commit))
    #expect(try again.snapshot().orderCount == 5)
    #expect(try again.verify(temporaryDirectory: directory.path).findings == [])
  }

  @Test func `many callers of a pipelined store each get their own answer`() throws {
    let store = try OrderStore.create(path: directory.file(), options: options(.pipelined))
    let accepted = Mutex<[String: OrderID]>([:])
    DispatchQueue.concurrentPerform(iterations: 16) { caller in
      for number in 0..<20 {
        let name = "\(caller)-\(number)"
        if let id = try? store.submit(.place(order(name))).order { accepted.withLock { $0[name] = id } }
      }
    }
    let all = accepted.withLock { $0 }
    #expect(all.count == 320)
    let snapshot = try store.snapshot()
    for (name, id) in all { #expect(try snapshot.order(id)?.number == name) }
    try store.close()
  }

  @Test(arguments: [OrderStore.Options.Durability.commit, .pipelined])
  func `what a process before found and did not flush is made sure before it is told again`(
    durability: OrderStore.Options.Durability
  ) throws {
    // Unsynced and not closed: as one that was killed before it flushed.
    do {
      let store = try OrderStore.create(path: directory.file(), options: options(.unsynced))
      try store.submit(.place(order("A-1")))
      try store.fold()  // waits until the writer's thread lets go
    }
    let store = try OrderStore.open(path: directory.file(), options: options(durability))
    let sequence = try store.snapshot().sequence
    #expect(try store.submit(.place(order("A-1"))).outcome == .unchanged)
    // By a commit of its own that adds nothing to the log.
    #expect(try store.snapshot().sequence == sequence)
    #expect(try store.submit(.place(order("A-1"))).outcome == .unchanged)
    try store.close()
  }

  @Test func `a full map is told, changes nothing, and a larger one takes the command`() throws {
    var small = options(.unsynced)
    small.mapSizeBytes = 1 << 20
    var count = 0
    do {
      let store = try OrderStore.create(path: directory.file(), options: small)
      let failure = #expect(throws: StoreError.self) {
        for number in 0..<10_000 {
          try store.submit(.place(order("\(number)", [line("TEA \(number)", 1)])))
          count += 1
        }
      }
      #expect(failure == .mapFull)
      // It goes on being read, and says so again.
      #expect(try store.snapshot().orderCount == count)
      let same = Command.place(order("\(count)", [line("TEA \(count)", 1)]))
      #expect(throws: StoreError.mapFull) { try store.submit(same) }
      try? store.close()
    }
    let store = try OrderStore.open(path: directory.file(), options: options(.commit))
    try store.submit(.place(order("x", [line("TEA x", 1)])))
    #expect(try store.snapshot().orderCount == count + 1)
    #expect(try store.verify(temporaryDirectory: directory.path).findings == [])
    try store.close()
  }

  @Test func `when all reader slots are taken that is told, writers write on, and one slot freed is enough`() throws {
    let store = try OrderStore.create(path: directory.file(), options: options(.unsynced))
    var snapshots: [OrderSnapshot] = []
    var failure: StoreError?
    while failure == nil, snapshots.count < 5_000 {
      do throws(StoreError) { snapshots.append(try store.snapshot()) } catch { failure = error }
    }
    #expect(failure == .tooManyReaders)
    try store.submit(.place(order("A-1")))
    snapshots.removeLast()
    #expect(try store.snapshot().orderCount == 1)
    #expect(snapshots[0].orderCount == 0)
  }

  /// Takes reader slots until there are none, then dies without a word.
  private static func readAndDie(_ path: String, _ options: OrderStore.Options) throws {
    let store = try OrderStore.open(path: path, options: options)
    var snapshots: [OrderSnapshot] = []
    while let snapshot = try? store.snapshot() { snapshots.append(snapshot) }
    kill(getpid(), snapshots.count > 100 ? SIGKILL : SIGTERM)
  }

  @Test func `the reader slots of a killed process are free again when they are needed`() async throws {
    let path = directory.file()
    try Self.make(path, options(.unsynced))
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      var reading = OrderStore.Options.quick(.bytes(500))
      reading.readOnly = true
      try DurabilityModeTests.readAndDie(path, reading)
    }
    try Self.requireReadable(path, options(.unsynced))
  }

  private static func make(_ path: String, _ options: OrderStore.Options) throws {
    let store = try OrderStore.create(path: path, options: options)
    try store.submit(.place(order("A-1")))
    try store.close()
  }

  private static func requireReadable(_ path: String, _ options: OrderStore.Options) throws {
    let store = try OrderStore.open(path: path, options: options)
    #expect(try store.snapshot().orderCount == 1)
    try store.submit(.place(order("A-2")))
    #expect(try store.snapshot().orderCount == 2)
    try store.close()
  }

  @Test func `a file that may only be read refuses commands and is read`() throws {
    do {
      let store = try OrderStore.create(path: directory.file(), options: options(.commit))
      try store.submit(.place(order("A-1")))
      try store.close()
    }
    var reading = options(.commit)
    reading.readOnly = true
    do {
      let store = try OrderStore.open(path: directory.file(), options: reading)
      #expect(throws: StoreError.readOnly(path: store.path)) { try store.submit(.place(order("A-2"))) }
      #expect(try store.snapshot().orderCount == 1)
    }
    let store = try OrderStore.open(path: directory.file(), options: options(.commit))
    try store.submit(.place(order("A-2")))
    #expect(try store.snapshot().orderCount == 2)
    try store.close()
  }
}
