internal import CLMDB
internal import Glibc
internal import Synchronization

extension Environment {
  /// Page faults of this thread so far that needed no disk; each made up to sixteen pages resident.
  public static var pageFaultsOfThread: Int {
    // RUSAGE_THREAD, which the C library hides from Swift.
    let thread: Int32 = 1
    var usage = rusage()
    return unsafe getrusage(thread, &usage) == 0 ? usage.ru_minflt : 0
  }

  /// Lets go of the pages of the map that are resident in this process: they stay in the system's cache and come back
  /// when they are read. Keeps a process small that writes a large file.
  ///
  /// Cost: some microseconds, and a soft page fault for each page read again. It cannot fail: where the
  /// system does not tell where the map lies, nothing is let go.
  public func releaseResidentPages() {
    var information = unsafe MDB_envinfo()
    guard isOwnedByThisProcess, unsafe mdb_env_info(handle, &information) == 0, let start = unsafe mapStart()
    else { return }
    let bytes = unsafe (Int(information.me_last_pgno) + 1) * pageSize
    _ = unsafe madvise(start, bytes, MADV_DONTNEED)
  }

  private func mapStart() -> UnsafeMutableRawPointer? {
    let known = mapAddress.load(ordering: .relaxed)
    if known != 0 { return unsafe UnsafeMutableRawPointer(bitPattern: known) }
    guard let found = unsafe mapStartToldBySystem() else { return nil }
    mapAddress.store(UInt(bitPattern: found), ordering: .relaxed)
    return unsafe found
  }

  private func mapStartToldBySystem() -> UnsafeMutableRawPointer? {
    guard let file = unsafe fopen("/proc/self/maps", "re") else { return nil }
    defer { unsafe fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { unsafe free(line) }
    while unsafe getline(&line, &capacity, file) > 0 {
      guard let text = unsafe line.map({ unsafe String(cString: $0) }), text.contains(path) else { continue }
      let fields = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
      guard fields.count >= 6, fields[1].hasPrefix("r--s"), fields[2] == "00000000", String(fields[5]) == path,
        let address = fields[0].split(separator: "-").first.flatMap({ UInt(String($0), radix: 16) })
      else { continue }
      return unsafe UnsafeMutableRawPointer(bitPattern: address)
    }
    return nil
  }
}
