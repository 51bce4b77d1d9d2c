package theater.laptop.schemas.build;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import theater.laptop.schemas.Limits;
import theater.laptop.schemas.ObjectSchema;
import theater.laptop.schemas.Type;

/// Turns model classes into schemas. A field of a marker interface (`IsStringMatchMatchType`) is a
/// protobuf oneof: the classes that implement it are its alternatives.
final class ModelReader {
  private static final double UNSIGNED_MAXIMUM = 4_294_967_295.0;
  private final Supplement supplement = Supplement.load();
  private final Map<String, ObjectSchema> schemas = new TreeMap<>();
  private final Map<String, List<Class<?>>> packages = new TreeMap<>();

  Map<String, ObjectSchema> schemas() {
    return schemas;
  }

  /// Reads a class and all that it refers to. @return its name
  String read(Class<?> model) {
    String name =
        model
            .getName()
            .replace("io.fabric8.", "")
            .replace("kubernetes.api.model.", "")
            .replace('$', '.');
    if (schemas.containsKey(name)) {
      return name;
    }
    schemas.put(name, new ObjectSchema(name, Map.of(), List.of(), Map.of(), List.of(), Map.of()));
    String owner = model.getSimpleName();
    Map<String, Type> fields = new LinkedHashMap<>();
    List<List<String>> alternatives = new ArrayList<>();
    for (Class<?> c = model; c != null && c != Object.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        add(field, c, model, owner, fields, alternatives);
      }
    }
    supplement.fields(owner).forEach(fields::put);
    List<String> required = supplement.required(name).stream().filter(fields::containsKey).toList();
    schemas.put(
        name,
        new ObjectSchema(
            name,
            new TreeMap<>(fields),
            required,
            supplement.mergeKeys(owner),
            alternatives,
            limits(name, fields)));
    return name;
  }

  /// Istio's numbers that the model keeps as `Long` are unsigned ones of 32 bits.
  private Map<String, Limits> limits(String name, Map<String, Type> fields) {
    Map<String, Limits> limits = new TreeMap<>();
    if (name.startsWith("istio.")) {
      fields.forEach((field, type) -> {
        if (type == Type.Scalar.INT64) {
          limits.put(field, Limits.between(0, UNSIGNED_MAXIMUM));
        }
      });
    }
    limits.putAll(supplement.limits(name));
    return limits;
  }

  private void add(
      Field field,
      Class<?> in,
      Class<?> model,
      String owner,
      Map<String, Type> fields,
      List<List<String>> alternatives) {
    JsonProperty property = field.getAnnotation(JsonProperty.class);
    boolean custom = property == null && in.getSimpleName().equals("CustomResource");
    if (Modifier.isStatic(field.getModifiers()) || property == null && !custom) {
      return;
    }
    String name = custom || property.value().isEmpty() ? field.getName() : property.value();
    if (custom) {
      if (List.of("metadata", "kind", "apiVersion").contains(name)) {
        fields.put(name, type(field.getGenericType(), owner, name));
      } else if (List.of("spec", "status").contains(name)) {
        java.lang.reflect.Type[] arguments =
            ((ParameterizedType) model.getGenericSuperclass()).getActualTypeArguments();
        fields.put(name, type(arguments[name.equals("spec") ? 0 : 1], owner, name));
      }
      return;
    }
    if (field.isAnnotationPresent(JsonUnwrapped.class) && field.getType().isInterface()) {
      List<String> group = new ArrayList<>();
      for (Class<?> alternative : implementing(field.getType())) {
        Map<String, Type> own = new LinkedHashMap<>();
        for (Field part : alternative.getDeclaredFields()) {
          add(part, alternative, model, owner, own, alternatives);
        }
        group.addAll(own.keySet());
        fields.putAll(own);
      }
      alternatives.add(group.stream().sorted().toList());
      return;
    }
    fields.put(name, type(field.getGenericType(), owner, name));
  }

  private Type type(java.lang.reflect.Type type, String owner, String field) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      java.lang.reflect.Type[] arguments = generic.getActualTypeArguments();
      if (Collection.class.isAssignableFrom(raw)) {
        return new Type.ListOf(type(arguments[0], owner, field));
      }
      if (Map.class.isAssignableFrom(raw)) {
        return new Type.MapOf(type(arguments[1], owner, field));
      }
      return type(raw, owner, field);
    }
    if (!(type instanceof Class<?> c)) {
      return Type.Scalar.ANY;
    }
    if (c == String.class) {
      return supplement.isDuration(owner, field) ? Type.Scalar.DURATION : Type.Scalar.STRING;
    }
    if (c == Integer.class || c == int.class) {
      return Type.Scalar.INT32;
    }
    if (c == Long.class || c == long.class) {
      return Type.Scalar.INT64;
    }
    if (c == Double.class || c == Float.class) {
      return Type.Scalar.NUMBER;
    }
    if (c == Boolean.class || c == boolean.class) {
      return Type.Scalar.BOOL;
    }
    return switch (c.getSimpleName()) {
      case "Quantity" -> Type.Scalar.QUANTITY;
      case "IntOrString" -> Type.Scalar.INT_OR_STRING;
      case "MicroTime" -> Type.Scalar.STRING;
      case "FieldsV1", "RawExtension" -> Type.Scalar.ANY;
      default ->
          c.isEnum()
              ? enumeration(c)
              : c.getName().startsWith("io.fabric8.") && !c.isInterface()
                  ? new Type.Ref(read(c))
                  : Type.Scalar.ANY;
    };
  }

  /// The constants in the order of their protobuf numbers, which the model keeps in a field
  /// `value`.
  private static Type enumeration(Class<?> c) {
    return new Type.OneOf(
        Arrays.stream(c.getEnumConstants())
            .sorted(Comparator.comparingInt(ModelReader::number))
            .map(Object::toString)
            .toList());
  }

  private static int number(Object constant) {
    try {
      Field value = constant.getClass().getDeclaredField("value");
      value.setAccessible(true);
      return value.get(constant) instanceof Integer n ? n : ((Enum<?>) constant).ordinal();
    } catch (NoSuchFieldException e) {
      return ((Enum<?>) constant).ordinal();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Class<?>> implementing(Class<?> marker) {
    return packages.computeIfAbsent(marker.getPackageName(), name -> classes(marker)).stream()
        .filter(c -> !c.isInterface() && Arrays.asList(c.getInterfaces()).contains(marker))
        .toList();
  }

  private static List<Class<?>> classes(Class<?> one) {
    URL jar = one.getProtectionDomain().getCodeSource().getLocation();
    String folder = one.getPackageName().replace('.', '/') + "/";
    List<Class<?>> found = new ArrayList<>();
    try (JarFile file = new JarFile(Path.of(URI.create(jar.toURI().toString())).toFile())) {
      for (String entry :
          file.stream()
              .map(Object::toString)
              .filter(n -> n.startsWith(folder) && n.endsWith(".class"))
              .toList()) {
        if (!entry.contains("$")
            && !entry.endsWith("Builder.class")
            && !entry.endsWith("Fluent.class")
            && !entry.endsWith("-info.class")) {
          found.add(
              Class.forName(
                  entry.substring(0, entry.length() - 6).replace('/', '.'),
                  false,
                  one.getClassLoader()));
        }
      }
    } catch (IOException | URISyntaxException | ClassNotFoundException e) {
      throw new IllegalStateException("cannot read the classes beside " + one.getName(), e);
    }
    return found;
  }
}
