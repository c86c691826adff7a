/// The rows of the main table, document by document.
protocol MainRows: AnyObject {
  /// Puts the rows of the next document into `document`, which is empty; false at the end.
  func next(_ document: Document) throws(IntakeError) -> Bool
}
