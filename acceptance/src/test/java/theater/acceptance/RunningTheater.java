package theater.acceptance;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import theater.visitor.Theater;

/// Gives tests one running instance, started before the first of them and ended after the last. Its
/// number is 23, or what `-Dtheater.instance=…` says.
public final class RunningTheater implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Theater.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(RunningTheater.class))
        .computeIfAbsent(
            Theater.class,
            key -> {
              Theater theater = new Theater(Integer.getInteger("theater.instance", 23));
              try {
                theater.up();
              } catch (AssertionError e) {
                theater.close();
                throw e;
              }
              return theater;
            },
            Theater.class);
  }
}
