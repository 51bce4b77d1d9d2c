package theater.laptop.istioctl;

import java.util.stream.Stream;

/// Rows that may have a first column NAME: `cluster/…`, `listener/…`.
final class Named {
  private Named() {}

  static String[] headers(boolean named, String... headers) {
    return named
        ? Stream.concat(Stream.of("NAME"), Stream.of(headers)).toArray(String[]::new)
        : headers;
  }

  static Object[] cells(boolean named, String name, Object... cells) {
    return named ? Stream.concat(Stream.of(name), Stream.of(cells)).toArray() : cells;
  }
}
