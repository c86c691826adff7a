/// What holds for a whole answer, in a stated order: period, as-of, zone, sequence, definition version.
public struct Metadata: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// A key and what it is set to.
  public struct Entry: Sendable, Hashable {
    public var key: String
    public var value: MetadataValue
  }

  /// The entries in the order they were set; no key occurs twice.
  public private(set) var entries: [Entry] = []

  public init() {}

  public init(dictionaryLiteral elements: (String, MetadataValue)...) {
    for (key, value) in elements { self[key] = value }
  }

  public var isEmpty: Bool { entries.isEmpty }

  /// The value under `key`. A new key goes last, a known one keeps its place, nil removes it.
  ///
  /// Cost: in proportion to the entries, of which there are a dozen.
  public subscript(key: String) -> MetadataValue? {
    get { entries.first { $0.key == key }?.value }
    set {
      let index = entries.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): entries[index].value = value
      case (let index?, nil): entries.remove(at: index)
      case (nil, let value?): entries.append(Entry(key: key, value: value))
      case (nil, nil): break
      }
    }
  }
}

/// A single value, a list of them, or entries of their own.
public indirect enum MetadataValue: Sendable, Hashable {
  case value(Value)
  case list([MetadataValue])
  case object(Metadata)
}

extension MetadataValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .value(.text(value)) }
  public init(integerLiteral value: Int64) { self = .value(.integer(value)) }
  public init(booleanLiteral value: Bool) { self = .value(.boolean(value)) }
  public init(arrayLiteral elements: MetadataValue...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (String, MetadataValue)...) {
    var object = Metadata()
    for (key, value) in elements { object[key] = value }
    self = .object(object)
  }
}
