/// The words that are no field names: those of conditions, and those that begin a clause of a query.
enum ReservedWords {
  private static let words: Set<String> = [
    "and", "or", "not", "in", "between", "is", "missing", "present", "contains", "starts", "ends", "with", "reached",
    "within", "of", "stuck", "for", "true", "false",
    "from", "where", "group", "by", "show", "having", "during", "since", "until", "compare", "order", "limit", "pivot",
    "tz",
  ]

  static func contains(_ word: String) -> Bool { words.contains(word) }
}
