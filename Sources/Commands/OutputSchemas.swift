/// JSON Schemas (draft 2020-12) of what the tool writes, and reads back, as JSON: an interface. `describe NAME` prints one.
enum OutputSchemas {
  /// A schema by the name that `describe` knows it by.
  static func text(of name: String) -> String? { all.first { $0.name == name }?.text }

  static let names: [String] = all.map(\.name)

  static let all: [(name: String, text: String)] = [
    ("answer", answer), ("row", row), ("error", error), ("change", change), ("reject", reject),
  ]

  /// `--format json` of every reading command.
  private static let answer = """
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "answer",
     "description": "What --format json prints. Durations are milliseconds, money is minor units, instants are RFC 3339 in UTC.",
     "type": "object", "required": ["meta", "columns", "rows"], "additionalProperties": false,
     "properties": {
      "meta": {"type": "object", "description": "what the answer is a function of"},
      "columns": {"type": "array", "items": {
       "type": "object", "required": ["name", "type", "unit"], "additionalProperties": false,
       "properties": {
        "name": {"type": "string"},
        "type": {"enum": ["text", "integer", "ratio", "boolean", "duration", "money", "instant", "bucket", "object", "number"]},
        "unit": {"type": ["string", "null"]},
        "scale": {"type": "integer", "description": "decimal places of the currency; money of one currency only"}}}},
      "rows": {"type": "array", "items": \(rowSchema)}}}

    """

  /// A line of `--format jsonl`.
  private static let row = """
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "row",
     "description": "A line of --format jsonl: the columns of the answer by name.",
     \(rowSchema.dropFirst())

    """

  private static let rowSchema = """
    {"type": "object", "additionalProperties": {"anyOf": [
       {"type": ["string", "integer", "number", "boolean", "null"]},
       {"type": "object", "additionalProperties": {"type": "integer"}, "description": "reason and count"}]}}
    """

  /// A failed command's line on standard error.
  private static let error = """
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "error",
     "description": "The line on standard error where JSON was asked for.",
     "type": "object", "required": ["error"], "additionalProperties": false,
     "properties": {"error": {
      "type": "object", "required": ["code", "message", "hint", "exit"], "additionalProperties": false,
      "properties": {
       "code": {"type": "string", "pattern": "^OB[0-9]{4}$"},
       "message": {"type": "string"},
       "hint": {"type": ["string", "null"]},
       "exit": {"enum": [\(ExitStatus.allCases.map { "\($0.rawValue)" }.joined(separator: ", "))]}}}}}

    """

  /// A line of `changes`.
  private static let change = """
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "change",
     "description": "A line of changes: one fact, its fields by kind. placed_at and other times of the fact are milliseconds.",
     "type": "object", "required": ["sequence", "recorded_at", "kind"],
     "properties": {
      "sequence": {"type": "integer"},
      "recorded_at": {"type": "string"},
      "kind": {"type": "string"}},
     "additionalProperties": {"type": ["string", "integer", "boolean", "null"]}}

    """

  /// A line of `NAME.rejects.jsonl`, which can be imported again.
  private static let reject = """
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "reject",
     "description": "A line of NAME.rejects.jsonl. Repair the text in raw and import the file again.",
     "type": "object", "required": ["line", "offset", "code", "column", "value", "reason", "raw"],
     "additionalProperties": false,
     "properties": {
      "line": {"type": "integer", "description": "in the file it came from, from 1"},
      "offset": {"type": "integer", "description": "byte of the text at which the line starts, from 0"},
      "code": {"type": "string", "pattern": "^OB21[0-9]{2}$"},
      "column": {"type": "string"},
      "value": {"type": "string"},
      "reason": {"type": "string"},
      "raw": {"type": "string", "description": "the line as it was"}}}

    """
}
