package theater.kit.fault;

import java.time.Instant;

/// The faults in force for one pod: its own and the one for all pods (`*`). Its own wins as a
/// whole. Pure.
///
/// @param own null when there is none
/// @param all null when there is none
public record FaultRules(Fault own, Fault all) {
  /// Healthy.
  public static final FaultRules NONE = new FaultRules(null, null);

  /// What one request meets.
  ///
  /// @param status answer this instead, 0 for the real answer
  public record Effect(int status, int delayMs, boolean hang) {
    static final Effect HEALTHY = new Effect(0, 0, false);
  }

  /// The fault in force, null when healthy.
  public Fault current(Instant now) {
    return own != null && own.active(now) ? own : all != null && all.active(now) ? all : null;
  }

  /// @param drawn a number from 0 to 99, drawn for this request
  public Effect effect(Instant now, int drawn) {
    Fault fault = current(now);
    return fault == null || drawn >= fault.share()
        ? Effect.HEALTHY
        : new Effect(fault.status(), fault.delayMs(), fault.hang());
  }

  /// Whether `/readyz` has to say 503.
  public boolean notReady(Instant now) {
    Fault fault = current(now);
    return fault != null && fault.notReady();
  }
}
