import Foundation
import Synchronization

/// Files that outlive the tests that made them: removed when the process ends.
enum Leftovers {
  private static let paths = Mutex<[String]>([])

  static func remove(_ files: String...) {
    let isFirst = paths.withLock { paths in
      defer { paths += files }
      return paths.isEmpty
    }
    guard isFirst else { return }
    atexit { for path in Leftovers.paths.withLock({ $0 }) { unlink(path) } }
  }
}
