/// The geometry of chunks: one LMDB overflow page holds one chunk.
package enum Geometry {
  /// A page of 4,096 bytes less LMDB's page header.
  package static let chunkByteCount = 4_080
  /// Rows of a row group: one chunk of a 1-byte column, eight of an 8-byte one.
  package static let rowsPerGroup = 4_080
}

/// One column of a table: how wide it is stored and what its rows hold when nothing was said.
package struct ColumnSchema: Sendable, Hashable {
  /// How a 64-bit value is stored.
  package enum Encoding: Sendable, Hashable {
    /// Little-endian in the column's width; signed columns keep the sign.
    case plain(signed: Bool)
    /// An instant in 4 bytes against another 8-byte column of the same row (``RelativeInstant``).
    case relativeInstant(base: Int)
  }

  /// What a row group's summary keeps of the column.
  package enum Summary: Sendable, Hashable {
    case none
    /// Least and greatest value.
    case range
    /// The set of values below 64.
    case bitSet
  }

  package var name: String
  /// Bytes a value: 1, 2, 4 or 8.
  package var width: Int
  package var encoding: Encoding
  package var defaultValue: Int64
  package var summary: Summary

  /// - Precondition: `width` can store `defaultValue`; a relative instant has 4 bytes and is absent by default, since
  ///   a row nothing was said of has no base to tell it against.
  package init(
    _ name: String, width: Int, encoding: Encoding = .plain(signed: false), defaultValue: Int64 = 0,
    summary: Summary = .none
  ) {
    precondition([1, 2, 4, 8].contains(width), "a width of 1, 2, 4 or 8 bytes")
    (self.name, self.width, self.encoding) = (name, width, encoding)
    (self.defaultValue, self.summary) = (defaultValue, summary)
    precondition(admits(defaultValue), "a default the column can store")
    if isRelative {
      precondition(
        width == 4 && defaultValue <= RelativeInstant.unknownValue, "an instant of 4 bytes, absent by default")
    }
  }

  /// Whether stored values carry a sign.
  var isSigned: Bool {
    switch encoding {
    case .plain(let signed): signed
    case .relativeInstant: true
    }
  }

  var isRelative: Bool {
    switch encoding {
    case .plain: false
    case .relativeInstant: true
    }
  }

  /// Rows in one chunk.
  package var rowsPerChunk: Int { Geometry.chunkByteCount / width }

  /// The values that can be stored in the column's width.
  var limits: ClosedRange<Int64> {
    if isRelative || width == 8 { return .min ... .max }
    let bits = Int64(width * 8)
    return isSigned ? -(1 << (bits - 1))...((1 << (bits - 1)) - 1) : 0...((1 << bits) - 1)
  }

  /// Whether `value` can be stored in the column's width.
  package func admits(_ value: Int64) -> Bool { limits ~= value }
}

/// A table of rows numbered 0, 1, 2, … in the order of their acceptance.
package struct TableSchema: Sendable, Hashable {
  package var name: String
  package var columns: [ColumnSchema]

  /// - Precondition: The base of a relative instant is a plain column of 8 bytes; there are at most 254 columns.
  package init(_ name: String, columns: [ColumnSchema]) {
    (self.name, self.columns) = (name, columns)
    precondition(columns.count <= 254, "at most 254 columns")
    for column in columns {
      if case .relativeInstant(let base) = column.encoding {
        precondition(columns[base].width == 8 && !columns[base].isRelative, "a plain base of 8 bytes")
      }
    }
  }

  /// Whether instants of other columns are told against this one.
  func isBase(_ column: Int) -> Bool {
    columns[column].width == 8 && columns.contains { $0.encoding == .relativeInstant(base: column) }
  }
}

/// What a file holds: its tables, word lists and indexes, by number.
package struct Schema: Sendable, Hashable {
  /// Raised with every change of the stored form; a file of a higher version is refused.
  package var version: UInt32
  package var tables: [TableSchema]
  /// Names of the word lists, numbered from 1.
  package var vocabularies: [String]
  /// Names of the indexes, numbered from 0.
  package var indexes: [String]

  package init(version: UInt32, tables: [TableSchema], vocabularies: [String], indexes: [String]) {
    (self.version, self.tables, self.vocabularies, self.indexes) = (version, tables, vocabularies, indexes)
  }
}
