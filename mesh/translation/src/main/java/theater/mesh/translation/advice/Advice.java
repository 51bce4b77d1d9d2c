package theater.mesh.translation.advice;

/// One thing worth saying about an object. Pure: what it looks at is the subject, and nothing else.
interface Advice {

  /// Stable, `T001`; the page is `docs/warnings/T001.md`. Codes are never given twice.
  String code();

  /// Tells what it finds.
  void look(Subject subject, Findings found);
}
