package theater.laptop.names;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.util.stream.Stream;

/// Names of the file first, everything else by another resolver.
final class HostsResolver implements InetAddressResolver {
  private final HostsFile file;
  private final InetAddressResolver others;

  HostsResolver(HostsFile file, InetAddressResolver others) {
    this.file = file;
    this.others = others;
  }

  @Override
  public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
      throws UnknownHostException {
    byte[] address = file.address(host);
    if (address == null) {
      return others.lookupByName(host, policy);
    }
    if ((policy.characteristics() & LookupPolicy.IPV4) == 0) {
      throw new UnknownHostException(host + ": has an IPv4 address only");
    }
    return Stream.of(InetAddress.getByAddress(host, address));
  }

  @Override
  public String lookupByAddress(byte[] address) throws UnknownHostException {
    String name = file.name(address);
    return name == null ? others.lookupByAddress(address) : name;
  }
}
