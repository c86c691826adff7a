import Foundation
import LMDB

/// A directory of a test's own, removed with its owner.
final class TemporaryDirectory: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appending(path: "lmdb-tests-\(UUID())").path
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of `name` within.
  func file(_ name: String = "a.orders") -> String { path + "/" + name }
}

extension EnvironmentOptions {
  /// Options for tests: no flush, small map.
  static var quick: EnvironmentOptions {
    var options = EnvironmentOptions()
    options.mapSizeBytes = 64 << 20
    options.durability = .pipelined
    return options
  }
}

extension String {
  var bytes: [UInt8] { Array(utf8) }
}

extension RawSpan {
  /// A copy that outlives the transaction.
  var copy: [UInt8] { withUnsafeBytes { [UInt8]($0) } }
}

extension Reading where Self: ~Copyable {
  func bytes(for key: String, in database: Database) throws(LMDBError) -> [UInt8]? {
    guard let value = try value(for: key.bytes.span, in: database) else { return nil }
    return value.copy
  }

  func entries(in database: Database, from start: String? = nil, backward: Bool = false) throws(LMDBError) -> [String] {
    var found: [String] = []
    let collect = { (key: RawSpan, value: RawSpan) throws(LMDBError) -> Bool in
      found.append(String(decoding: key.copy, as: UTF8.self) + "=" + String(decoding: value.copy, as: UTF8.self))
      return true
    }
    let bytes = start.map(\.bytes)
    if let bytes {
      try backward
        ? scanBackward(in: database, from: bytes.span, collect) : scan(in: database, from: bytes.span, collect)
    } else {
      try backward ? scanBackward(in: database, from: nil, collect) : scan(in: database, from: nil, collect)
    }
    return found
  }
}

extension WriteTransaction {
  mutating func put(_ value: String, for key: String, in database: Database) throws(LMDBError) {
    try put(value.bytes.span, for: key.bytes.span, in: database)
  }
}

extension TemporaryDirectory {
  /// The names within, sorted.
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}
