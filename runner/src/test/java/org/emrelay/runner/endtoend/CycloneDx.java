package org.emrelay.runner.endtoend;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.MalformedJsonException;

/** Checks a bill of materials against the parts of CycloneDX 1.6 that it uses: keys, identifiers, hashes and licences. */
final class CycloneDx {
    private static final Set<String> KEYS =
            Set.of("bomFormat", "specVersion", "serialNumber", "version", "metadata", "components");
    private static final Set<String> COMPONENT_KEYS =
            Set.of("type", "bom-ref", "group", "name", "version", "purl", "hashes", "licenses", "properties");
    private static final Set<String> TYPES = Set.of("application", "framework", "library");
    private static final Pattern SERIAL_NUMBER =
            Pattern.compile("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern PURL = Pattern.compile(
            "pkg:maven/[A-Za-z0-9._-]+/[A-Za-z0-9._-]+@[A-Za-z0-9._-]+\\?(classifier=[\\w.-]+&)?type=jar");
    private static final Map<String, Integer> HASH_LENGTHS = Map.of("SHA-256", 64, "SHA-384", 96, "SHA-512", 128);

    /** The SPDX ids of the licences in libraries.txt. A new licence belongs here after a look at spdx.org/licenses. */
    private static final Set<String> SPDX = Set.of(
            "Apache-1.1",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CDDL-1.0",
            "Classpath-exception-2.0",
            "EPL-2.0",
            "GPL-2.0-only",
            "MIT",
            "MIT-0",
            "OFL-1.1");

    private final List<String> violations = new ArrayList<>();
    private final Set<String> references = new HashSet<>();

    private CycloneDx() {}

    /** What is wrong, a line each. */
    static List<String> violations(String bom) throws MalformedJsonException {
        CycloneDx check = new CycloneDx();
        check.bom((JsonObject) JsonReader.read(bom));
        return check.violations;
    }

    private void bom(JsonObject bom) {
        keys(bom, KEYS, "the document");
        require(text(bom, "bomFormat").equals("CycloneDX"), "bomFormat is not CycloneDX");
        require(text(bom, "specVersion").equals("1.6"), "specVersion is not 1.6");
        require(SERIAL_NUMBER.matcher(text(bom, "serialNumber")).matches(), "serialNumber is not a URN of a UUID");
        require(
                bom.get("version") instanceof JsonNumber version
                        && version.value().signum() > 0,
                "version is not a positive number");
        if (bom.get("metadata") instanceof JsonObject metadata
                && metadata.get("component") instanceof JsonObject subject) {
            component(subject);
        } else {
            violations.add("metadata has no component");
        }
        elements(bom, "components").forEach(this::library);
    }

    private void library(JsonObject library) {
        component(library);
        String name = text(library, "name");
        require(PURL.matcher(text(library, "purl")).matches(), name + ": purl is malformed");
        List<JsonObject> hashes = elements(library, "hashes");
        require(!hashes.isEmpty(), name + ": no hash");
        for (JsonObject hash : hashes) {
            int length = HASH_LENGTHS.getOrDefault(text(hash, "alg"), 0);
            require(text(hash, "content").matches("[0-9a-f]{" + length + "}"), name + ": hash is malformed");
        }
        licences(elements(library, "licenses"), name);
        for (JsonObject property : elements(library, "properties")) {
            require(Set.of("name", "value").containsAll(property.keys()), name + ": property is malformed");
        }
    }

    private void component(JsonObject component) {
        String name = text(component, "name");
        keys(component, COMPONENT_KEYS, name);
        require(!name.isEmpty(), "a component has no name");
        require(TYPES.contains(text(component, "type")), name + ": unknown type");
        require(!text(component, "version").isEmpty(), name + ": no version");
        String reference = text(component, "bom-ref");
        require(!reference.isEmpty() && references.add(reference), name + ": bom-ref is missing or not unique");
    }

    /** One expression, or licences with an id or a name. */
    private void licences(List<JsonObject> licences, String name) {
        require(!licences.isEmpty(), name + ": no licence");
        for (JsonObject licence : licences) {
            if (licence.get("license") instanceof JsonObject named) {
                require(!text(named, "name").isEmpty() || SPDX.contains(text(named, "id")), name + ": unknown licence");
            } else {
                require(licences.size() == 1, name + ": an expression stands alone");
                for (String id : text(licence, "expression").split(" (AND|OR|WITH) ", -1)) {
                    require(SPDX.contains(id), name + ": '" + id + "' is not an SPDX id");
                }
            }
        }
    }

    private void keys(JsonObject object, Set<String> known, String where) {
        object.keys().stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> violations.add(where + ": unknown key " + key));
    }

    private void require(boolean condition, String violation) {
        if (!condition) {
            violations.add(violation);
        }
    }

    private static String text(JsonObject object, String key) {
        return object.get(key) instanceof JsonString string ? string.text() : "";
    }

    private static List<JsonObject> elements(JsonObject object, String key) {
        List<JsonObject> elements = new ArrayList<>();
        if (object.get(key) instanceof JsonArray array) {
            for (JsonValue value : array.values()) {
                elements.add((JsonObject) value);
            }
        }
        return elements;
    }
}
