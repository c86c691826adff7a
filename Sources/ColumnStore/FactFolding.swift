/// What the facts of the log mean for the tables: the one decoder, given by the layer that knows them.
package protocol FactFolding: Sendable {
  /// Applies every fact of `group` to `tail`. It must not depend on anything but the facts, the sequence and the row
  /// numbers `tail` gives: while a commit is being made its facts come in several portions, later all at once.
  func apply(_ group: LogGroup, to tail: inout Tail) throws(Damage)
}
