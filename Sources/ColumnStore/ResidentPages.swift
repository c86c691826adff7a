internal import LMDB

/// Bounds how much of the file is resident in a process that touches it at random.
///
/// A page fault brings the neighbours along, sixteen pages in all, so a thousand look-ups far from each other make 64 MB
/// resident. Pages a transaction has written are its own memory and not concerned. Used by one thread.
package final class ResidentPages {
  /// Page faults after which all pages are let go: 38 MB at most.
  private static var faultLimit: Int { 600 }
  private static var touchesBetweenLooks: Int { 64 }

  private let environment: Environment
  private var touches = 0
  private var faultsBefore: Int

  package init(of file: StoreFile) {
    environment = file.environment
    faultsBefore = Environment.pageFaultsOfThread
  }

  /// Notes that `count` places of the file are read.
  package func touch(_ count: Int = 1) {
    touches &+= count
    if touches >= Self.touchesBetweenLooks { look() }
  }

  private func look() {
    touches = 0
    guard Environment.pageFaultsOfThread &- faultsBefore >= Self.faultLimit else { return }
    environment.releaseResidentPages()
    faultsBefore = Environment.pageFaultsOfThread
  }
}
