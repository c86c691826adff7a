/// What is wrong with a mapping, and where in its file.
package struct MappingProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The mapping file.
  package var path: String
  /// The line in it, counted from 1; nil where the fault has none, such as a missing table.
  package var line: Int?
  /// The table, without brackets; empty for the top level.
  package var table: String
  /// The key in the table; empty when the table itself is at fault.
  package var key: String
  package var reason: String

  package init(path: String, line: Int?, table: String, key: String, reason: String) {
    self.path = path
    self.line = line
    self.table = table
    self.key = key
    self.reason = reason
  }

  package var description: String {
    let place = line.map { "\(path):\($0)" } ?? path
    let subject = [table.isEmpty ? "" : "[\(table)]", key].filter { !$0.isEmpty }.joined(separator: " ")
    return subject.isEmpty ? "\(place): \(reason)" : "\(place): \(subject): \(reason)"
  }
}
