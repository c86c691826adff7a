/// The fields of one source, such as `orders`, and the nodes a text may name.
public struct FieldCatalogue: Sendable {
  public let source: String
  /// Full names (`customer.grade`), ASCII letters in lower case.
  public let fields: [String: FieldType]
  /// Names of nodes in lower case, such as `in_transit`.
  public let statuses: Set<String>

  public init(source: String, fields: [String: FieldType], statuses: Set<String>) {
    self.source = source
    self.fields = fields
    self.statuses = statuses
  }

  /// The type of a field.
  ///
  /// - Throws: ``QueryError/Code/unknownField``, with the name that may have been meant and the list.
  func type(of field: Field) throws(QueryError) -> FieldType {
    guard let type = fields[field.name] else {
      throw QueryError(
        .unknownField, "no field '\(field.name)' in \(source)", at: field.range,
        suggestion: EditDistance.suggestion(for: field.name, among: fields.keys),
        hint: "fields: " + FieldCatalogue.listed(fields.keys))
    }
    return type
  }

  /// - Throws: ``QueryError/Code/unknownStatus``, with the name that may have been meant and the list.
  func check(_ status: Status) throws(QueryError) {
    guard statuses.contains(status.name) else {
      throw QueryError(
        .unknownStatus, "no status '\(status.name)'", at: status.range,
        suggestion: EditDistance.suggestion(for: status.name, among: statuses),
        hint: "statuses: " + FieldCatalogue.listed(statuses))
    }
  }

  /// The first names in order of the alphabet, and a sign that there are more.
  private static func listed(_ names: some Collection<String>) -> String {
    names.sorted().prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
  }
}
