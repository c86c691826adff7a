internal import TOMLKit

/// A TOML document as plain values: the one place that knows the TOML library.
enum TOMLTree: Sendable, Hashable {
  case string(String)
  case integer(Int)
  case bool(Bool)
  case array([TOMLTree])
  case table([String: TOMLTree])
  /// A value of a kind that no mapping has use for: a fraction, a date, a time.
  case other

  /// The table that the text of the file at `path` writes.
  static func table(of text: String, path: String) throws(MappingProblem) -> [String: TOMLTree] {
    do {
      return members(of: try TOMLTable(string: text))
    } catch let error as TOMLParseError {
      throw MappingProblem(
        path: path, line: error.source.begin.line, table: "", key: "", reason: "not TOML: \(error.description)")
    } catch {
      throw MappingProblem(path: path, line: nil, table: "", key: "", reason: "not TOML: \(error)")
    }
  }

  private static func members(of table: TOMLTable) -> [String: TOMLTree] {
    var members: [String: TOMLTree] = [:]
    for key in table.keys { if let value = table[key] { members[key] = tree(value) } }
    return members
  }

  private static func tree(_ value: any TOMLValueConvertible) -> TOMLTree {
    switch value.type {
    case .string: value.string.map(TOMLTree.string) ?? .other
    case .int: value.int.map(TOMLTree.integer) ?? .other
    case .bool: value.bool.map(TOMLTree.bool) ?? .other
    case .table: value.table.map { .table(members(of: $0)) } ?? .other
    case .array: value.array.map { array in .array((0..<array.count).map { tree(array[$0]) }) } ?? .other
    default: .other
    }
  }

  /// What messages call the kind of value.
  var kind: String {
    switch self {
    case .string: "a string"
    case .integer: "a whole number"
    case .bool: "true or false"
    case .array: "a list"
    case .table: "a table"
    case .other: "a value of another kind"
    }
  }
}
