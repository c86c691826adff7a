/// Values by text, byte for byte: `String` itself takes canonically equivalent spellings for one, which a hash of bytes
/// in a file does not, so that the answer would depend on what is folded.
package struct ExactTexts<Value: Sendable>: Sendable {
  private var entries: [UInt64: (text: String, value: Value)] = [:]
  /// Those whose hash another text has.
  private var colliding: [(text: String, value: Value)] = []

  package init() {}

  package subscript(text: String) -> Value? {
    get {
      if entries.isEmpty { return nil }
      guard let entry = entries[Hash64.of(text, seed: 0)] else { return nil }
      if entry.text.isSameText(as: text) { return entry.value }
      return colliding.first { $0.text.isSameText(as: text) }?.value
    }
    set {
      guard let newValue else { preconditionFailure("texts are not removed one by one") }
      let hash = Hash64.of(text, seed: 0)
      if let entry = entries[hash], !entry.text.isSameText(as: text) {
        colliding.removeAll { $0.text.isSameText(as: text) }
        colliding.append((text, newValue))
      } else {
        entries[hash] = (text, newValue)
      }
    }
  }

  package mutating func removeAll() {
    entries.removeAll()
    colliding.removeAll()
  }
}

extension String {
  /// Whether both have the same bytes.
  package func isSameText(as other: String) -> Bool {
    let (ownText, otherText) = (utf8, other.utf8)
    let (own, others) = (ownText.span, otherText.span)
    guard own.count == others.count else { return false }
    for index in own.indices where own[index] != others[index] { return false }
    return true
  }
}
