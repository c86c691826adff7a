/// Rows of a file kept aside, to be found again by a key.
///
/// The rows lie in a temporary file without a name (up to 4 MiB in memory instead), the index in memory: 16 bytes a row,
/// hash and offset, and half a byte for its directory. Rows of one key come back in the order of the file. A hash finds
/// candidates; ``load(_:into:)`` gives the row, and the caller compares the key.
///
///     offset  bytes  field of a kept row
///          0      4  length of the text
///          4      8  line in the file
///         12      8  offset in the file
///         20      8  hash of the key
///         28      …  the row's text
final class SideTable {
  /// One row in the index.
  struct Entry {
    var hash: UInt64
    var offset: UInt64
  }

  let delimiter: UInt8
  private(set) var count = 0

  private static let headerByteCount = 28
  private static let sequentialByteCount = 256 << 10
  private static let randomByteCount = 1 << 10

  private let directory: String
  private let memoryLimitByteCount: Int
  private var file: FileDescriptor?
  /// Rows not yet in the file; all rows when there is none.
  private var tail: [UInt8] = []
  private var fileByteCount = 0
  private var entries: [Entry] = []
  /// The first entry of each bucket of hashes, by their upper bits.
  private var buckets: [UInt32] = []
  private var bucketShift = 63
  private var used: [UInt64] = []
  private var windows = [Window(), Window()]

  private struct Window {
    var bytes: [UInt8] = []
    var start = 0
    var end = 0
  }

  /// - Parameters:
  ///   - directory: Where the temporary file goes when there are more rows than fit in `memoryLimitByteCount`.
  init(delimiter: UInt8, temporaryDirectory directory: String, memoryLimitByteCount: Int = 4 << 20) {
    self.delimiter = delimiter
    self.directory = directory
    self.memoryLimitByteCount = memoryLimitByteCount
  }

  /// Adds a row, in the order of the file.
  func append(_ raw: ArraySlice<UInt8>, hash: UInt64, line: Int, offset: Int) throws(IntakeError) {
    entries.append(Entry(hash: hash, offset: UInt64(byteCount)))
    Self.put(UInt64(raw.count), 4, &tail)
    Self.put(UInt64(line), 8, &tail)
    Self.put(UInt64(offset), 8, &tail)
    Self.put(hash, 8, &tail)
    tail.append(contentsOf: raw)
    count += 1
    if tail.count >= (file == nil ? memoryLimitByteCount : Self.sequentialByteCount) { try spill() }
  }

  /// Ends the adding: sorts the index. Nothing can be found before.
  func finish() throws(IntakeError) {
    if file != nil, !tail.isEmpty { try spill() }
    entries.sort { left, right in
      left.hash != right.hash ? left.hash < right.hash : left.offset < right.offset
    }
    var bits = 1
    while bits < 28, 1 << bits < entries.count / 4 { bits += 1 }
    bucketShift = 64 - bits
    buckets = [UInt32](repeating: 0, count: (1 << bits) + 1)
    for entry in entries { buckets[Int(entry.hash >> bucketShift) + 1] += 1 }
    for bucket in 1..<buckets.count { buckets[bucket] += buckets[bucket - 1] }
    used = [UInt64](repeating: 0, count: (entries.count + 63) / 64)
  }

  /// The positions in the index of all rows with this hash.
  func candidates(_ hash: UInt64) -> Range<Int> {
    guard !entries.isEmpty else { return 0..<0 }
    let bucket = Int(hash >> bucketShift)
    var start = Int(buckets[bucket])
    let end = Int(buckets[bucket + 1])
    while start < end, entries[start].hash < hash { start += 1 }
    var stop = start
    while stop < end, entries[stop].hash == hash { stop += 1 }
    return start..<stop
  }

  /// Appends the row at a position of the index to `batch`.
  func load(_ position: Int, into batch: inout RowBatch) throws(IntakeError) {
    try load(offset: Int(entries[position].offset), into: &batch, sequential: false)
  }

  /// Notes that the row was asked for.
  func markUsed(_ position: Int) { used[position / 64] |= 1 << UInt64(position % 64) }

  /// How many rows nobody asked for.
  var unusedCount: Int { count - used.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The positions of the rows that nobody asked for.
  var unusedPositions: [Int] {
    entries.indices.filter { used[$0 / 64] & 1 << UInt64($0 % 64) == 0 }
      .sorted { entries[$0].offset < entries[$1].offset }
  }

  // MARK: In the order of the file

  /// A row as the walk in file order sees it.
  struct Step {
    var offset: Int
    var next: Int
    var hash: UInt64
  }

  /// The row at `offset`, nil behind the last one; the first is at 0.
  func step(at offset: Int) throws(IntakeError) -> Step? {
    guard offset < byteCount else { return nil }
    let (window, start) = try window(offset, Self.headerByteCount, sequential: true)
    let length = Int(Self.get(windows[window].bytes, start, 4))
    let hash = Self.get(windows[window].bytes, start + 20, 8)
    return Step(offset: offset, next: offset + Self.headerByteCount + length, hash: hash)
  }

  /// The offset in the table of the row at a position of the index.
  func offset(_ position: Int) -> Int { Int(entries[position].offset) }

  /// Appends the row at an offset to `batch`, by the walk's own window.
  func load(at offset: Int, into batch: inout RowBatch) throws(IntakeError) {
    try load(offset: offset, into: &batch, sequential: true)
  }

  private func load(offset: Int, into batch: inout RowBatch, sequential: Bool) throws(IntakeError) {
    var (index, start) = try window(offset, Self.headerByteCount, sequential: sequential)
    let length = Int(Self.get(windows[index].bytes, start, 4))
    let line = Int(Self.get(windows[index].bytes, start + 4, 8))
    let source = Int(Self.get(windows[index].bytes, start + 12, 8))
    (index, start) = try window(offset, Self.headerByteCount + length, sequential: sequential)
    let text = start + Self.headerByteCount
    batch.append(
      csv: windows[index].bytes[text..<text + length], delimiter: delimiter, line: line, offset: source)
  }

  private var byteCount: Int { fileByteCount + tail.count }

  private func spill() throws(IntakeError) {
    if file == nil { file = try FileDescriptor(temporaryIn: directory) }
    try file?.write(tail)
    fileByteCount += tail.count
    tail.removeAll(keepingCapacity: true)
  }

  /// Brings `count` bytes at `offset` into a window; which one, and where in it.
  private func window(_ offset: Int, _ count: Int, sequential: Bool) throws(IntakeError) -> (Int, Int) {
    for index in 0..<2 where offset >= windows[index].start && offset + count <= windows[index].end {
      return (index, offset - windows[index].start)
    }
    guard let file else {
      // All rows are in memory: they are the window.
      windows[0] = Window(bytes: tail, start: 0, end: tail.count)
      return (0, offset)
    }
    let index = sequential ? 0 : 1
    let wanted = max(count, sequential ? Self.sequentialByteCount : Self.randomByteCount)
    let size = min(wanted, fileByteCount - offset)
    if windows[index].bytes.count < size {
      windows[index].bytes = [UInt8](repeating: 0, count: max(size, wanted))
    }
    try file.read(into: &windows[index].bytes, from: 0, count: size, at: offset)
    windows[index].start = offset
    windows[index].end = offset + size
    return (index, 0)
  }

  private static func put(_ value: UInt64, _ byteCount: Int, _ bytes: inout [UInt8]) {
    for index in 0..<byteCount { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
  }

  private static func get(_ bytes: [UInt8], _ start: Int, _ byteCount: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<byteCount { value |= UInt64(bytes[start + index]) << UInt64(8 * index) }
    return value
  }
}
