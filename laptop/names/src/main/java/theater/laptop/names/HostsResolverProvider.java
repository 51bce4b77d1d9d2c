package theater.laptop.names;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.nio.file.Path;

/// Resolves the names in the file that the environment variable `THEATER_HOSTS` tells; every other
/// name goes to the JDK's own resolver. Found by the JDK on the class path
/// (`java.net.spi.InetAddressResolverProvider`); without the variable nothing changes.
public final class HostsResolverProvider extends InetAddressResolverProvider {

  @Override
  public InetAddressResolver get(Configuration configuration) {
    String file = System.getenv("THEATER_HOSTS");
    if (file == null || file.isEmpty()) {
      return configuration.builtinResolver();
    }
    return new HostsResolver(new HostsFile(Path.of(file)), configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "theater hosts";
  }
}
