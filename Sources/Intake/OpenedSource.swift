internal import OrderModel

/// The files of one mapping, opened: main rows, side tables, and the mapping bound to their headers.
final class OpenedSource {
  /// What a table's rejects need to know.
  struct Table {
    /// Nil for an array within JSON documents, whose rows are their document's.
    var path: String?
    var header: [String]
    var delimiter: UInt8
    var isUTF8: Bool
  }

  let mapping: Mapping
  let document: Document
  let tables: [Table]
  private let main: any MainRows
  private let streams: [any ByteStream]
  /// The size of all files on disk, nil when one is a pipe.
  let byteCount: Int?

  /// Opens the files of `mapping` found by `paths`, and puts the rows of side files aside.
  ///
  /// - Parameter shouldStop: Asked between pieces of files that are read whole first.
  init(
    _ mapping: Mapping, paths: [String], options: ImportOptions, shouldStop: () -> Bool = { false }
  ) throws(IntakeError) {
    var streams: [any ByteStream] = []
    var sizes: [Int?] = []
    func open(_ path: String) throws(IntakeError) -> Transcoder {
      let source = try ByteSource(path: path)
      sizes.append(source.byteCount)
      let transcoder = try Transcoder(source, encoding: mapping.encoding)
      streams.append(transcoder)
      return transcoder
    }
    func path(_ table: Int) throws(IntakeError) -> String {
      guard let name = mapping.tables[table].fileName else {
        guard let path = paths.first(where: { $0 == "-" || !FileDescriptor.isDirectory($0) }) else {
          throw .unreadable(path: paths.first ?? ".", reason: "it is a directory, and the mapping names no files")
        }
        return path
      }
      return try SourceFiles.path(of: name, in: paths)
    }

    let mainPath = try path(0)
    let mainStream = try open(mainPath)
    let isUTF8 = mainStream.encoding == .utf8
    guard mapping.format == .csv else {
      let headers = mapping.columnsNamed
      let bound: Mapping
      do throws(MappingProblem) { bound = try mapping.bound(to: headers) } catch { throw .mapping(error) }
      self.mapping = bound
      document = Document(mapping: bound, headers: headers, sides: headers.map { _ in nil })
      main = JSONRows(
        JSONLinesReader(mainStream), mapping: bound, headers: headers, groups: mapping.grouping == .contiguous)
      tables = headers.enumerated().map { index, header in
        Table(path: index == 0 ? mainPath : nil, header: header, delimiter: 44, isUTF8: isUTF8)
      }
      self.streams = streams
      byteCount = Self.sum(sizes)
      return
    }

    let reader = try CSVReader(mainStream, delimiter: mapping.delimiter)
    var opened = [Table(path: mainPath, header: reader.header, delimiter: reader.delimiter, isUTF8: isUTF8)]
    var readers: [CSVReader] = [reader]
    for table in mapping.tables.indices.dropFirst() {
      let path = try path(table)
      let stream = try open(path)
      let side = try CSVReader(stream, delimiter: mapping.delimiter)
      readers.append(side)
      opened.append(
        Table(path: path, header: side.header, delimiter: side.delimiter, isUTF8: stream.encoding == .utf8))
    }
    let headers = opened.map(\.header)
    let bound: Mapping
    do throws(MappingProblem) { bound = try mapping.bound(to: headers) } catch { throw .mapping(error) }

    var sides: [SideTable?] = [nil]
    for table in bound.tables.indices.dropFirst() {
      let key: ColumnReference
      switch bound.tables[table].link {
      case .lookup(_, let own, _), .children(_, let own): key = own
      case .main, .array: preconditionFailure("a side file has a key")
      }
      sides.append(
        try Self.side(readers[table], key: key.index, delimiter: opened[table].delimiter, options, shouldStop))
    }
    self.mapping = bound
    document = Document(mapping: bound, headers: headers, sides: sides)
    tables = opened
    let documentKey = DocumentKey(bound)
    if bound.grouping == .file {
      let aside = SideTable(delimiter: reader.delimiter, temporaryDirectory: options.temporaryDirectory)
      main = try ScatteredRows(reader, key: documentKey, table: aside, onRows: { _ in shouldStop() })
    } else {
      main = AdjacentRows(reader, key: documentKey, groups: bound.grouping == .contiguous)
    }
    self.streams = streams
    byteCount = Self.sum(sizes)
  }

  /// Bytes read of all files, as they lie on disk.
  var bytesRead: Int { streams.reduce(0) { $0 + $1.bytesRead } }

  /// Puts the next document into ``document``; false at the end.
  func next() throws(IntakeError) -> Bool {
    document.clear()
    guard try main.next(document) else { return false }
    try document.loadChildren()
    return true
  }

  private static func side(
    _ reader: CSVReader, key: Int, delimiter: UInt8, _ options: ImportOptions, _ shouldStop: () -> Bool
  ) throws(IntakeError) -> SideTable {
    let table = SideTable(delimiter: delimiter, temporaryDirectory: options.temporaryDirectory)
    var batch = RowBatch()
    while try reader.next(&batch) {
      for row in 0..<batch.count {
        let hash = batch.withField(row, key) { KeyHash.of($0) }
        try table.append(batch.rawRow(row), hash: hash, line: batch.line(row), offset: batch.offset(row))
      }
      if shouldStop() { break }
    }
    try table.finish()
    return table
  }

  private static func sum(_ sizes: [Int?]) -> Int? {
    var sum = 0
    for size in sizes {
      guard let size else { return nil }
      sum += size
    }
    return sum
  }
}
