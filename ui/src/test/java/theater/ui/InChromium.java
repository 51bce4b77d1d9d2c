package theater.ui;

import com.microsoft.playwright.Browser;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the [Browser], one for all of them, and skips them where there is none.
final class InChromium implements ExecutionCondition, ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(InChromium.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Chromium.find().isPresent()) {
      return ConditionEvaluationResult.enabled("Chromium found");
    }
    System.out.println(context.getDisplayName() + " skipped: " + Chromium.missing());
    return ConditionEvaluationResult.disabled(Chromium.missing());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Chromium.class, ignored -> Chromium.start(), Chromium.class)
        .browser();
  }
}
