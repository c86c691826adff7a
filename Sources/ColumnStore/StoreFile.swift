internal import LMDB

/// One store in one LMDB file: its databases, its schema, its settings.
package final class StoreFile: Sendable {
  let environment: Environment
  package let schema: Schema
  /// What the store was made with; opaque here.
  package let settings: [UInt8]

  /// Groups by sequence: the truth.
  let log: Database
  /// Chunks and summaries.
  let chunks: Database
  /// Words by code, and codes by hash.
  let words: Database
  /// Index entries: number, hash, row.
  let indexes: Database
  /// Values that their column's encoding could not hold.
  let wide: Database
  /// The text heap in pieces of one page.
  let heap: Database
  /// The format record and the fold state.
  let meta: Database
  /// What stands outside the log, for the layer above.
  let aside: Database

  static let databaseNames = ["log", "chunks", "words", "indexes", "wide", "heap", "meta", "aside"]
  static let formatKey: InlineArray<1, UInt8> = [1]
  static let stateKey: InlineArray<1, UInt8> = [2]
  private static let mark: [UInt8] = Array("orderbase".utf8)

  private init(environment: Environment, schema: Schema, settings: [UInt8], databases: [Database]) {
    (self.environment, self.schema, self.settings) = (environment, schema, settings)
    (log, chunks, words, indexes) = (databases[0], databases[1], databases[2], databases[3])
    (wide, heap, meta, aside) = (databases[4], databases[5], databases[6], databases[7])
  }

  /// Makes a store in a new file, or in an empty one.
  ///
  /// - Throws: ``FileError/notAStore(_:)`` when the file holds a store already.
  package static func create(
    path: String, schema: Schema, settings: [UInt8], options: FileOptions = FileOptions()
  ) throws(FileError) -> StoreFile {
    let environment: Environment
    let databases: [Database]
    do throws(LMDBError) {
      environment = try Environment.open(path: path, options: options.environmentOptions(create: true))
      databases = try environment.databases(named: databaseNames, create: true)
    } catch { throw .engine(error) }
    let file = StoreFile(environment: environment, schema: schema, settings: settings, databases: databases)
    var record = ByteWriter()
    record.append(raw: mark)
    record.append(littleEndian: schema.version)
    record.append(littleEndian: UInt32(Geometry.chunkByteCount))
    record.append(littleEndian: UInt32(Geometry.rowsPerGroup))
    record.append(varint: settings.count)
    record.append(raw: settings)
    record.append(littleEndian: CRC32C.of(record.bytes))
    let state = FoldState(schema: schema).record
    try environment.write(onEngineError: { FileError.engine($0) }) { (transaction) throws(FileError) in
      do throws(LMDBError) {
        if try transaction.value(for: formatKey.span, in: file.meta) != nil {
          throw LMDBError(.keyExists, during: "make a store")
        }
        try transaction.put(record.bytes.span, for: formatKey.span, in: file.meta)
        try transaction.put(state.span, for: stateKey.span, in: file.meta)
      } catch {
        if error.code == .keyExists { throw .notAStore("'\(path)' holds a store already") }
        throw .engine(error)
      }
    }
    return file
  }

  /// Opens the store at `path`.
  package static func open(
    path: String, schema: Schema, options: FileOptions = FileOptions()
  ) throws(FileError) -> StoreFile {
    let environment: Environment
    let databases: [Database]
    do throws(LMDBError) {
      environment = try Environment.open(path: path, options: options.environmentOptions(create: false))
      databases = try environment.databases(named: databaseNames, create: false)
    } catch {
      if error.code == .notFound || error.code == .invalid { throw .notAStore("'\(path)' has none of its tables") }
      throw .engine(error)
    }
    let record: [UInt8]
    do throws(LMDBError) {
      record = try environment.read { (transaction) throws(LMDBError) in
        try transaction.value(for: formatKey.span, in: databases[6])?.copied ?? []
      }
    } catch { throw .engine(error) }
    let settings = try checkedSettings(record, path: path, version: schema.version).get()
    return StoreFile(environment: environment, schema: schema, settings: settings, databases: databases)
  }

  private static func checkedSettings(
    _ record: [UInt8], path: String, version: UInt32
  ) -> Result<[UInt8], FileError> {
    guard record.starts(with: mark) else {
      return .failure(.notAStore("'\(path)' lacks the format record"))
    }
    do throws(Damage) {
      var reader = ByteReader(record)
      for _ in mark { _ = try reader.byte() }
      // The version is read before the checksum: another format may be longer.
      let found = try reader.littleEndian(UInt32.self)
      if found != version { return .failure(.otherFormat(found: found, known: version)) }
      let geometry = (try reader.littleEndian(UInt32.self), try reader.littleEndian(UInt32.self))
      let count = try reader.count()
      var settings: [UInt8] = []
      for _ in 0..<min(count, record.count) { settings.append(try reader.byte()) }
      let covered = reader.position
      guard try reader.littleEndian(UInt32.self) == CRC32C.of(record, in: 0..<covered), reader.isAtEnd else {
        return .failure(.damaged(.inconsistent(place: "format record", "checksum differs")))
      }
      guard geometry == (UInt32(Geometry.chunkByteCount), UInt32(Geometry.rowsPerGroup)) else {
        return .failure(.notAStore("'\(path)' has chunks of another geometry"))
      }
      return .success(settings)
    } catch { return .failure(.damaged(error)) }
  }

  /// The state the file is folded to.
  func state(in transaction: borrowing some Reading & ~Copyable) throws(FileError) -> FoldState {
    let record: [UInt8]
    do throws(LMDBError) {
      record = try transaction.value(for: StoreFile.stateKey.span, in: meta)?.copied ?? []
    } catch { throw .engine(error) }
    do throws(Damage) { return try FoldState(record: record, schema: schema) } catch { throw .damaged(error) }
  }
}

extension StoreFile {
  /// The file's path, symbolic links resolved.
  package var path: String { environment.path }

  /// Copies the newest commit to `path`, compacted, under a temporary name that becomes the final one when all is on
  /// the disk.
  package func copy(to path: String) throws(FileError) {
    do throws(LMDBError) { try environment.copyCompacting(to: path) } catch { throw .engine(error) }
  }

  /// Brings everything committed to the disk.
  package func sync() throws(FileError) {
    do throws(LMDBError) { try environment.sync() } catch { throw .engine(error) }
  }

  /// The newest commit that is known to be on the disk.
  package var syncedThrough: Int { environment.syncedThrough }

  /// Whether a commit has failed, or none was made since opening: what was committed before is then only made sure by
  /// ``confirm()``.
  package var isInDoubt: Bool { environment.needsWholeCommit }

  /// Brings everything committed to the disk by a commit that changes nothing: where a flush may have failed before, the
  /// next one may succeed without having written what was lost.
  ///
  /// Sound because the pages below the newest commit were flushed before it; what may be missing is its own meta page.
  package func confirm() throws(FileError) {
    try environment.write(onEngineError: { FileError.engine($0) }) { (transaction) throws(FileError) in
      do throws(LMDBError) {
        guard let state = try transaction.value(for: StoreFile.stateKey.span, in: meta)?.copied else { return }
        try transaction.put(state.span, for: StoreFile.stateKey.span, in: meta)
      } catch { throw .engine(error) }
    }
  }

  /// What the engine says of the file.
  package struct Facts: Sendable, Hashable {
    package var pageSize, pageCount, mapSizeBytes, readersUsed, readersMax: Int
    package var engineVersion: String
  }

  package func facts() throws(FileError) -> Facts {
    do throws(LMDBError) {
      let information = try environment.information()
      let readers = try environment.activeReaders().count
      return Facts(
        pageSize: information.pageSizeBytes, pageCount: information.lastPageNumber + 1,
        mapSizeBytes: information.mapSizeBytes, readersUsed: readers,
        readersMax: information.maxReaders, engineVersion: Environment.libraryVersion)
    } catch { throw .engine(error) }
  }
}
