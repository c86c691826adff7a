/// How much of something ordered was cancelled at as-of: everything of an order that had ended, else what was cancelled in
/// part before.
enum CancelledParts {
  @inline(__always)
  static func part(of whole: Int64, inPart: Int64, ending: UInt8) -> Int64 { ending == Ending.none ? inPart : whole }
}
