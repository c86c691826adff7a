internal import OrderModel

/// Why a row was rejected. The row goes to the rejects file; the import goes on.
package struct RowProblem: Error, Sendable, Hashable {
  package var code: Code
  /// The column at fault; empty when it is the row as a whole.
  package var column: String
  /// The text in that column.
  package var value: String
  package var reason: String

  package init(_ code: Code, column: String = "", value: String = "", reason: String) {
    self.code = code
    self.column = column
    self.value = value
    self.reason = reason
  }

  /// The kinds of row faults; raw values are codes of the error catalogue.
  package enum Code: String, Sendable, Hashable, CaseIterable {
    /// The row has more or fewer fields than the header.
    case raggedRow = "OB2101"
    /// A quantity or count is no whole number.
    case badNumber = "OB2102"
    /// An amount of money is no number at the declared scale.
    case badAmount = "OB2103"
    /// An instant does not follow its pattern, or no such local time exists.
    case badTime = "OB2104"
    /// A value that must be there is empty.
    case missingValue = "OB2105"
    /// A quote opens in this row and never closes.
    case unclosedQuote = "OB2106"
    /// The line is no JSON object.
    case badJSON = "OB2107"
    /// A side file has no row with the key that this row names.
    case noSuchReference = "OB2108"
    /// Rows of one document disagree on a value that it has once.
    case contradiction = "OB2109"
    /// The status word is not in the mapping.
    case unknownStatus = "OB2110"
    /// The row refers to no document of the main file.
    case orphan = "OB2111"
    /// Another row of the same document was rejected, and a document goes in whole or not at all.
    case rejectedDocument = "OB2112"
    /// The store refused the document.
    case refused = "OB2113"
    /// The text is longer than the model allows.
    case tooLong = "OB2114"
  }
}

extension RowProblem {
  /// The store's refusal of a row's document.
  init(_ refusal: Refusal) {
    let code: Code
    if case .textTooLong = refusal { code = .tooLong } else { code = .refused }
    self.init(code, reason: refusal.description)
  }
}
