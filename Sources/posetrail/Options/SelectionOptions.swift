internal import ArgumentParser
private import Detection
private import Foundation
internal import Pipeline
private import Pose

/// Where people are looked for, and which boxes count.
struct SelectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Look for small people in parts of the frame, too: so many columns and rows.", valueName: "columnsxrows"))
  var tiles: String?

  @Option(
    help: ArgumentHelp("Only people whose centre lies in this rectangle, in pixels.", valueName: "x,y,width,height"))
  var region: String?

  @Option(
    help: ArgumentHelp(
      "A picture of the frames' size; people who are mostly where it is white are left out.", valueName: "file"),
    completion: .file())
  var ignore: String?

  @Option(help: ArgumentHelp("Only people at least so high, in pixels.", valueName: "pixels"))
  var minHeight: Double?

  func validate() throws {
    if tiles != nil, grid == nil { throw ValidationError("--tiles must be like 3x2, with at most 8 of either.") }
    if region != nil, rectangle == nil {
      throw ValidationError("--region must be four numbers, x,y,width,height, the last two above 0.")
    }
    if let minHeight, !minHeight.isFinite || minHeight <= 0 { throw ValidationError("--min-height must be above 0.") }
  }

  private var grid: (columns: Int, rows: Int)? {
    let parts = (tiles ?? "").split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    return parts.count == 2 && parts.allSatisfy({ (1...8).contains($0) }) ? (parts[0], parts[1]) : nil
  }

  private var rectangle: Box? {
    let numbers = (region ?? "").split(separator: ",", omittingEmptySubsequences: false).compactMap { Double($0) }
    guard numbers.count == 4, numbers.allSatisfy(\.isFinite), numbers[2] > 0, numbers[3] > 0 else { return nil }
    return Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }

  static let nothing = SelectionRequest()

  var request: SelectionRequest {
    var request = SelectionRequest()
    request.tiles = grid.map { .init(columns: $0.columns, rows: $0.rows) }
    request.region = rectangle
    request.ignored = ignore.map { URL(filePath: $0) }
    request.minimumHeight = minHeight
    return request
  }
}
