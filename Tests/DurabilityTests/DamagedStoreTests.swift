import Foundation
import OrderModel
import OrderStore
import Testing

/// Bytes changed anywhere in the file: told, or without any effect on what is asked, now and after more commands.
@Suite(.serialized)
struct DamagedStoreTests {
  /// What became of one damage, as the child writes it down.
  enum Fate: String, CaseIterable {
    case reported, refused, died, harmless, wrong
  }

  /// More commands for a store that was found sound.
  private static func more() -> [Submission] { Array(ShopCommands.submissions(150, seed: 8).suffix(150)) }

  private static func directory(of path: String) -> String { URL(filePath: path).deletingLastPathComponent().path }

  /// Damages byte after byte of copies of `path` and writes a line about each; a deadly one ends the process in peace.
  static func tryDamages(_ path: String, _ positions: String, _ fates: String, from first: Int) throws {
    let lines = try String(contentsOfFile: positions, encoding: .utf8).split(separator: "\n")
    let sound = try Data(contentsOf: URL(filePath: path))
    let log = open(fates, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    _ = dup2(log, 199)
    for number in [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGTRAP, SIGFPE] {
      signal(number) { _ in
        _ = write(199, "died\n", 5)
        _exit(0)
      }
    }
    // The engine tells of a failed assertion before it ends the process.
    _ = dup2(open("/dev/null", O_WRONLY), 2)
    let expected = try told(path)
    for line in lines[first...] {
      let fields = line.split(separator: " ")
      let (position, change) = (Int(fields[0])!, UInt8(fields[1])!)
      var copy = sound
      copy[position] ^= change
      let fate = try fate(of: copy, at: path + ".damaged", expected)
      let text = Array((fate.rawValue + "\n").utf8)
      precondition(write(log, text, text.count) == text.count)
    }
  }

  /// What the sound store says, and says after more commands.
  private static func told(_ path: String) throws -> (now: [String], later: [String]) {
    let copy = path + ".later"
    try? FileManager.default.removeItem(atPath: copy)
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    let store = try OrderStore.open(path: copy, options: ShopCommands.options(.bytes(2_000)), clock: { 9_000 })
    let now = try ShopCommands.content(store.snapshot())
    _ = try store.submit(more())
    try store.fold()
    return (now, try ShopCommands.content(store.snapshot()))
  }

  private static func fate(
    of bytes: Data, at path: String, _ expected: (now: [String], later: [String])
  ) throws -> Fate {
    try? FileManager.default.removeItem(atPath: path + "-lock")
    try bytes.write(to: URL(filePath: path))
    do throws(StoreError) {
      let store = try OrderStore.open(path: path, options: ShopCommands.options(.bytes(2_000)), clock: { 9_000 })
      let report = try store.verify(temporaryDirectory: directory(of: path))
      if !report.findings.isEmpty { return .reported }
      guard (try? ShopCommands.content(store.snapshot())) == expected.now else { return .wrong }
      _ = try store.submit(more())
      try store.fold()
      guard try store.verify(temporaryDirectory: directory(of: path)).findings.isEmpty,
        (try? ShopCommands.content(store.snapshot())) == expected.later
      else { return .wrong }
      return .harmless
    } catch { return .refused }
  }

  @Test func `no damaged byte gives a wrong answer from a store that verifies`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "damaged-store-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "sound.orders").path
    try make(path)

    let seed: UInt64 = 41
    let positions = try positions(path, seed: seed, count: 400 * longFactor)
    let (list, fates) = (folder.appending(path: "positions").path, folder.appending(path: "fates").path)
    try positions.map { "\($0.position) \($0.change)" }.joined(separator: "\n")
      .write(toFile: list, atomically: true, encoding: .utf8)
    func found() -> [Fate] {
      let text = (try? String(contentsOfFile: fates, encoding: .utf8)) ?? ""
      return text.split(separator: "\n").compactMap { Fate(rawValue: String($0)) }
    }
    while found().count < positions.count {
      let first = found().count
      await #expect(processExitsWith: .success) {
        [path = path as String, list = list as String, fates = fates as String, first = first as Int] in
        try DamagedStoreTests.tryDamages(path, list, fates, from: first)
      }
      guard found().count > first else { break }
    }
    let all = found()
    #expect(all.count == positions.count, "seed \(seed)")
    for (damage, fate) in zip(positions, all) where fate == .wrong {
      Issue.record(
        "seed \(seed): byte \(damage.position) of page \(damage.position / 4_096) (\(damage.kind)) by \(damage.change)")
    }
    for kind in Set(positions.map(\.kind)).sorted() {
      let counts = Fate.allCases.map { fate in
        "\(zip(positions, all).count { $0.0.kind == kind && $0.1 == fate }) \(fate.rawValue)"
      }
      print("damaged bytes of \(kind): \(counts.joined(separator: ", "))")
    }
    #expect(all.contains(.reported) && all.contains(.harmless))
  }

  /// A store with folded row groups, a tail, free pages and personal data.
  private func make(_ path: String) throws {
    let store = try OrderStore.create(path: path, options: ShopCommands.options(.unbounded), clock: { 5_000 })
    let submissions = ShopCommands.submissions(150, seed: 8)
    var rest = submissions.dropLast(150)
    while !rest.isEmpty {
      _ = try store.submit(Array(rest.prefix(60)))
      rest = rest.dropFirst(60)
      if rest.count > 120, rest.count % 3 == 0 { try store.fold() }
    }
    #expect(try store.snapshot().foldedThrough > 0 && store.snapshot().foldedThrough < store.snapshot().sequence)
  }

  private struct Damage {
    var position: Int
    var change: UInt8
    var kind: String
  }

  /// Bytes of every kind of page: half of them anywhere, half in what the engine itself reads.
  private func positions(_ path: String, seed: UInt64, count: Int) throws -> [Damage] {
    let bytes = try Data(contentsOf: URL(filePath: path))
    var random = Seeded(seed)
    var damages: [Damage] = []
    let pages = bytes.count / 4_096
    while damages.count < count {
      let page = damages.count % 2 == 0 ? Int.random(in: 0..<pages, using: &random) : nil
      let start: Int
      let range: Range<Int>
      if let page {
        (start, range) = (page * 4_096, 0..<4_096)
      } else {
        let chosen = Int.random(in: 0..<pages, using: &random)
        (start, range) = (chosen * 4_096, chosen < 2 ? 0..<152 : 0..<48)
      }
      let kind =
        switch bytes[start + 10] {
        case 1: "branch pages"
        case 2: "leaf pages"
        case 4: "value pages"
        case 8: "meta pages"
        default: "other pages"
        }
      damages.append(
        Damage(
          position: start + Int.random(in: range, using: &random), change: UInt8.random(in: 1...255, using: &random),
          kind: kind + (page == nil ? ", head" : "")))
    }
    return damages
  }
}
