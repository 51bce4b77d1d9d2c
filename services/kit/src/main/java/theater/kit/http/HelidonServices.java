package theater.kit.http;

import io.helidon.common.mapper.DefaultMapperProvider__ServiceDescriptor;
import io.helidon.common.mapper.MappersFactory__ServiceDescriptor;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;

/// What Helidon finds by itself, cut down to what reads a query: looking for everything that it
/// could use is a quarter of a program's start.
final class HelidonServices {
  private HelidonServices() {}

  /// Before the first server is built; after that it does nothing.
  static synchronized void few() {
    if (!GlobalServiceRegistry.configured()) {
      ServiceRegistryConfig config =
          ServiceRegistryConfig.builder()
              .discoverServices(false)
              .discoverServicesFromServiceLoader(false)
              .addServiceDescriptor(MappersFactory__ServiceDescriptor.INSTANCE)
              .addServiceDescriptor(DefaultMapperProvider__ServiceDescriptor.INSTANCE)
              .build();
      GlobalServiceRegistry.registry(ServiceRegistryManager.create(config).registry());
    }
  }
}
