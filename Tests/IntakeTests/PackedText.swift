import Foundation

/// A text of 121 lines, and the same packed by `gzip -9` and by `zstd -19 --check`.
enum PackedText {
  static let plain: [UInt8] = {
    var text = "id,qty,price\n"
    var state = 12345
    for row in 0..<120 {
      state = (state * 1_103_515_245 + 12345) % 2_147_483_648
      text += "order-\(row),\(state % 9 + 1),\(state / 65536 % 10000).\(state / 1024 % 90 + 10)\n"
    }
    return Array(text.utf8)
  }()

  static let gzip = bytes(
    """
    H4sIAAAAAAACA01WPdJcOQjMfRZZJf7hPLYDR979apO9vZs3I2miqaIeqGmaZn7/HP/+9//45+v3j1/f/nz9/PX1fQ0epJ6T4x2h4aMqcwa9Izxs\
    MFHMsHdE8I1o5cx6R3QgVhyT9jc2avhSm6TviI8cFUrT9zcxApWZp++3EpVTac3YlQt1mJ0m+Ua4ho5YxtMOaAJGc6vpO4/4ec5y2kkUhGhlTN3v\
    kQ6kZtiU81UjZwEnsXbIActZZHruUCBkAD/rgEi0Ew6ozjvU6LV8kmwyFzAkFU05/Dblstxm7geZUUo0PrjiBs8LtXQ/yIquI2nGRsWNXQ0f1YbA\
    jhHLA/SUChCorDrzYAAoENg0n8TqEOmszYwsTNlcZepuR6gpFVuTjzhaL2Xhk09iCyaX0eQtBtHmgUWnnRCaGZ6JuW4MAmJADcuU82KgRatE6CQC\
    wiBydL0JlOpEjZqxa+lCYlXxnatSJybmSptBBVkjpHW7uVFpmQZw5amlz8gKO7F7VAhwKIHnG/Jmosgu9RpdvkHo+Sp7vwogTttawFXONHXjsvUw\
    sTCzs2HUeuMAE1sRxq1dKEnOR/LotO571pJnzg/sBuRDrDDF3bQ18ylYn9w0WzxGIGvW+aqxa2Ffee+dNfMuYtP3yHz1i+J61ey9sJyrpu1E74V1\
    NbngHS2PUonJp5a+CLQrejeU98UAcUL+7DDnlaW3boRDZxxD6oXVtJiymXdoqy3i7k+0RbKY37yg3rJFAL+VFNy2GXmFFL2vVtiMsyyhKKUMAuOE\
    GnsajLNOonc79TH7aOLh0j5zDzqyV5Ex1yOteKCr+HXubNGAUahts5zUdmBQrm7s+Ui+VXMWIwVfGc7ABZEtec6sS3y221DQhwFluw1rrrvpGc/e\
    5SU5s1eYze5WZ3V167Oz+6mHeAq+2qp2SuLUy2m120Q1hhN6qcavDVdjN+rZ7w6rsWNgde20vG1RgP0csep1Tcbwj44KLgx9N/On1uOUYthNOTeq\
    j5R1Q2elaL3gY7J6QtzDxs8dLS1p2/Dlt0ta+lg2gNQ9g+04QRq3BVotfA2pjxO3Am8ELu8dJhSOmHL70DlyqwUkUnqNm+gxzbZpOoeVug1Pryk3\
    9hjPAit+6tGrD/vQKFGvQCYuwT3UOLg4d0vo45RS6wiLLx9/TOg1DPjw2USi3gNYC67brddaUpLscfwFbNX6U/QIAAA=
    """)

  static let zstd = bytes(
    """
    KLUv/WT0B6UWABpT/AkXkKekOYvSfrgCJv0/FBEREZEGcvnnyjigAJYAlgBmNY6BJRKavspKyCybZC2LzguvgXdNR7UMMj5ljaP5loAtC7MdMY0M\
    HA8yUUs6T7GG2X3jZSWktg+tM2LbFq5oI+dl0zqsYwrqYYjxsSrW5bikNcvqOqpS4aZDWDRM5DzzGoJwG8MqEvJ9ZQ26HDeKFgU7r4qepD1TYjFp\
    tqeuFyHXElfEzO04KRrFcgBwYFBwMIDAIICAAwIfMFDgAgEBY8+Z0hBJ1xjZMCHXR1iswWcLacia6bLrocgxGTWltqemZXIuN52T+47CUgjzHAqp\
    IZbHKdWZlGs0qmTe81W2IvPaJIKuy66XYbZJsIIn3xPRorlnwegMxnGEq2TmeSC55tE8Z8iaRRwjTQezzm+mI2GeTaqCaN9FVRrBcSJpVMDtMald\
    5bWUNNTEeAx1yOo5jGUpUqIRh6wrYsl2zrRK6hxlipnnR9KAJMsWcXFeeE1E2SakYmYtT7iWyT1LoF7WLEdSZYqeA8bVhuI6K5si9YyHNaO4PqRG\
    2rFh9qTwuOYaRmiZhhoqa3wwipfbEqoZgc6DrlYjy+GyGOI6ZXqF9I10pZM5v5KijJwbSoMEOy68VuY900hvKJ+nplNk45LVDCjXUVaykeNgY60J\
    BIPFCdrOzIqNPCNdBQWf76RzQ8t22Zhwy5XWKMRlqmyW5fUEa0qQc8lpGtp2ZJRG8jyESSlnrjNQJYWOEal0eccX1JyjczvqUdx1WdZKaJqGasHy\
    eg4rIexYiBoS2xFSxKrpEGKwVFPjGbIpY8tYUivB56towKFpO2ri5XmFK13UNonVKJ9nrhF51zJUQontSKlcyBJ4qBEgBApBgmDgtmegXdYQECGT\
    HQOsFKdlksWKMoKdcMQCgqecA2K9NDw6E0Yk/GeITOPm0HfiF4lBBPwcylwT7DgZpg86TI4zDq/LU3atIqvrJXWL
    """)

  private static func bytes(_ base64: String) -> [UInt8] { Array(Data(base64Encoded: base64)!) }
}
