package org.emrelay.runner.platform.python;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A wheel without content: the installer considers the package present, and installs only what depends on it. */
final class StubWheel {
    private static final String TAG = "py3-none-any";

    private StubWheel() {}

    static Path write(Path directory, String name, String version) throws IOException {
        String metadata = name + "-" + version + ".dist-info/";
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                metadata + "METADATA",
                "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n"
                        // What the extras of PySpark name.
                        + extra("sql", "pandas>=1.0.5", "pyarrow>=4.0.0", "numpy>=1.15")
                        + extra("ml", "numpy>=1.15")
                        + extra("mllib", "numpy>=1.15")
                        + extra("pandas_on_spark", "pandas>=1.0.5", "pyarrow>=4.0.0", "numpy>=1.15"));
        files.put(
                metadata + "WHEEL",
                "Wheel-Version: 1.0\nGenerator: emrelay\nRoot-Is-Purelib: true\nTag: " + TAG + "\n");
        files.put(metadata + "RECORD", metadata + "METADATA,,\n" + metadata + "WHEEL,,\n" + metadata + "RECORD,,\n");
        Path wheel = directory.resolve(name + "-" + version + "-" + TAG + ".whl");
        try (SteadyZip zip = SteadyZip.create(wheel)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.add(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return wheel;
    }

    private static String extra(String name, String... requirements) {
        StringBuilder lines = new StringBuilder("Provides-Extra: " + name + "\n");
        for (String requirement : requirements) {
            lines.append("Requires-Dist: " + requirement + "; extra == '" + name + "'\n");
        }
        return lines.toString();
    }
}
