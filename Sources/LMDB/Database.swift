/// One named, ordered map of byte strings within an environment's file.
///
/// Keys of 1 to 511 bytes sort by their bytes; a shorter key sorts before its extensions.
public struct Database: Sendable, Hashable {
  /// The engine's handle.
  let index: UInt32
  /// The environment it belongs to.
  let owner: Int
}
