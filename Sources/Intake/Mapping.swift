internal import Calendars
internal import OrderModel

/// How the columns of files become orders, credit notes and stock movements.
///
/// Read from a TOML text by ``MappingReader``; the keys are described there and in the shipped mappings.
package struct Mapping: Sendable, Hashable {
  package enum Format: String, Sendable, Hashable, CaseIterable {
    case csv
    case jsonLines = "jsonl"
  }

  package enum Mode: String, Sendable, Hashable, CaseIterable {
    /// Orders that another system ran: stored as told.
    case observe
    /// New orders, judged by the store's rules.
    case place
  }

  /// How the rows of one document are brought together.
  package enum Grouping: String, Sendable, Hashable, CaseIterable {
    /// Each row is a document.
    case none
    /// The rows of a document follow one another.
    case contiguous
    /// The rows of a document may stand anywhere in the file.
    case file
  }

  /// The mapping file, for messages.
  package var path: String
  package var format: Format
  /// Nil finds it out.
  package var encoding: TextEncoding?
  /// Nil finds it out.
  package var delimiter: UInt8?
  package var mode: Mode
  package var grouping: Grouping
  /// Whether columns that the file lacks are simply not read, as far as an order can do without them.
  var hasOptionalColumns = false
  /// The zone of instants without an offset: an IANA name or a fixed offset.
  package var zone: String
  /// The main file first, then side files and, in JSON Lines, arrays.
  var tables: [Table]
  var order: Order
  var customer: Customer?
  var lines: Lines?
  var events: [Event]
  var status: Status?
  var payments: Payments?
  var credits: Credits?
  var movements: Movements?
  var skips: [Condition]

  /// A file, or an array within JSON documents.
  struct Table: Sendable, Hashable {
    enum Link: Sendable, Hashable {
      /// The documents themselves.
      case main
      /// At most one row for each value of `parent`.
      case lookup(parent: ColumnReference, key: ColumnReference, isRequired: Bool)
      /// Any number of rows for each value of `parent`, a column of the main file.
      case children(parent: ColumnReference, key: ColumnReference)
      /// An array within each document of the main file.
      case array(path: String)
    }

    var name: String
    /// The file's name without `.gz` or `.zst`; nil for the file given, and for arrays.
    var fileName: String?
    var link: Link
  }

  struct Order: Sendable, Hashable {
    var number: TextRule
    var channel: TextRule
    var currency: TextRule
    var placedAt: InstantRule
    var shipBy: InstantRule?
    var deliverBy: InstantRule?
    var type: TextRule?
    var priority: TextRule?
    var region: TextRule?
    var city: TextRule?
    var carrier: TextRule?
    var sourceStatus: TextRule?
    var note: TextRule?
    var discount: AmountRule?
    var shipping: AmountRule?
    var tax: AmountRule?
  }

  struct Customer: Sendable, Hashable {
    var key: TextRule
    var name: TextRule?
    var phone: TextRule?
    var email: TextRule?
    var grade: TextRule?
  }

  struct Lines: Sendable, Hashable {
    /// Where the rows of lines stand: 0 is the main file.
    var table: Int
    /// Rows are units: equal ones become one line with their number as quantity.
    var rowsAreUnits: Bool
    var sku: TextRule
    var quantity: QuantityRule?
    var price: AmountRule
    var listPrice: AmountRule?
    var location: TextRule?
    var category: TextRule?
    var name: TextRule?
  }

  struct Event: Sendable, Hashable {
    var node: Node
    var at: InstantRule
  }

  struct Status: Sendable, Hashable {
    struct Meaning: Sendable, Hashable {
      /// Nil for a word that says nothing beyond the instants.
      var node: Node?
      var side: Side
      var reason: String?
    }

    var word: TextRule
    var meanings: [String: Meaning]
    /// Whether a word not in the list rejects the row; otherwise it is only kept.
    var rejectsUnknown: Bool
    var reason: TextRule?
    var side: TextRule?
  }

  struct Payments: Sendable, Hashable {
    var table: Int
    var method: TextRule
    var amount: AmountRule
    var at: InstantRule?
  }

  struct Credits: Sendable, Hashable {
    /// Which documents are credit notes: one of these holds.
    var when: [Condition]
    /// Quantities are written below zero.
    var quantitiesAreNegative: Bool
    var reason: TextRule?
  }

  struct Movements: Sendable, Hashable {
    /// Which rows are movements of stock: their price is zero.
    var location: TextRule
    var reasonBelowZero: TextRule?
    var reasonAboveZero: TextRule?
  }
}
