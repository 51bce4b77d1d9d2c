package theater.laptop.api.stream;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// An upgraded connection as two byte streams. Writes block while the client does not read.
final class Wire {
  private final ConnectionContext connection;

  Wire(ConnectionContext connection) {
    this.connection = connection;
  }

  InputStream in() {
    DataReader reader = connection.dataReader();
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        try {
          reader.ensureAvailable();
          byte[] found = reader.readBytes(Math.min(length, reader.available()));
          System.arraycopy(found, 0, bytes, from, found.length);
          return found.length;
        } catch (DataReader.InsufficientDataAvailableException e) {
          return -1;
        } catch (UncheckedIOException e) {
          throw e.getCause();
        } catch (RuntimeException e) {
          throw new IOException(e);
        }
      }
    };
  }

  OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        try {
          connection.dataWriter().writeNow(BufferData.create(bytes, from, length));
        } catch (UncheckedIOException e) {
          throw e.getCause();
        } catch (RuntimeException e) {
          throw new IOException(e);
        }
      }
    };
  }

  /// Ends it for readers and writers.
  void close() {
    connection.serverSocket().close();
  }
}
