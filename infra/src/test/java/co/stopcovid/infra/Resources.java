package co.stopcovid.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awscdk.assertions.Template;

/** The resources of a template, with its references made readable. */
final class Resources {
  private final Template template;
  private final Map<String, Resource> byId = new LinkedHashMap<>();

  /** A resource; what it refers to stands in it as text, see {@link Resources#text}. */
  record Resource(String id, String type, Map<?, ?> properties, Map<?, ?> whole) {
    Object at(String... path) {
      return Resources.at(properties, path);
    }

    String textAt(String... path) {
      return text(at(path));
    }
  }

  Resources(Template template) {
    this.template = template;
    Map<?, ?> resources = (Map<?, ?>) at(template.toJSON(), "Resources");
    resources.forEach(
        (id, value) -> {
          Map<?, ?> resource = (Map<?, ?>) value;
          Map<?, ?> properties =
              at(resource, "Properties") instanceof Map<?, ?> map ? map : Map.of();
          byId.put(
              id.toString(),
              new Resource(id.toString(), text(at(resource, "Type")), properties, resource));
        });
  }

  Template template() {
    return template;
  }

  List<Resource> all() {
    return List.copyOf(byId.values());
  }

  Resource byId(String id) {
    Resource resource = byId.get(id);
    if (resource == null) {
      throw new IllegalArgumentException("no resource " + id);
    }
    return resource;
  }

  List<Resource> ofType(String type) {
    return byId.values().stream().filter(resource -> resource.type().equals(type)).toList();
  }

  /** The one of a type whose property has this value. */
  Resource one(String type, String property, String value) {
    return ofType(type).stream()
        .filter(resource -> resource.textAt(property).equals(value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no %s with %s %s".formatted(type, property, value)));
  }

  /** Those of a type, by the value of a property. */
  Map<String, Resource> by(String property, String type) {
    return ofType(type).stream()
        .collect(Collectors.toMap(resource -> resource.textAt(property), resource -> resource));
  }

  /** What stands at a path; an empty text for nothing. */
  static Object at(Object from, String... path) {
    Object value = from;
    for (String step : path) {
      Object next = value instanceof Map<?, ?> map ? map.get(step) : null;
      if (next == null) {
        return "";
      }
      value = next;
    }
    return value;
  }

  /**
   * A value as text: what is joined is joined, account, region and partition are those of {@code
   * aws:region:account}, and a resource is {@code {id}} or {@code {id.attribute}}.
   */
  static String text(Object value) {
    if (value instanceof Map<?, ?> map && map.size() == 1) {
      Object argument = map.values().iterator().next();
      return switch (map.keySet().iterator().next().toString()) {
        case "Fn::Join" -> joined((List<?>) argument);
        case "Ref" -> reference(argument.toString());
        case "Fn::GetAtt" ->
            "{"
                + ((List<?>) argument)
                    .stream().map(Object::toString).collect(Collectors.joining("."))
                + "}";
        case "Fn::ImportValue" -> "{" + argument + "}";
        default -> map.toString();
      };
    }
    return value.toString();
  }

  private static String joined(List<?> arguments) {
    return ((List<?>) arguments.get(1))
        .stream().map(Resources::text).collect(Collectors.joining(arguments.get(0).toString()));
  }

  private static String reference(String name) {
    return switch (name) {
      case "AWS::Partition" -> "aws";
      case "AWS::Region" -> "region";
      case "AWS::AccountId" -> "account";
      case "AWS::URLSuffix" -> "amazonaws.com";
      default -> "{" + name + "}";
    };
  }
}
