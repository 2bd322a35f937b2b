package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import org.emrelay.runner.json.MalformedJsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check of the bill of materials finds what is wrong with one. */
final class CycloneDxTest {
    private static final String BOM = """
            {
              "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
              "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
              "metadata": {"component": {"type": "application", "bom-ref": "app", "name": "app", "version": "1"}},
              "components": [{
                "type": "library", "bom-ref": "lib", "group": "g", "name": "lib", "version": "2",
                "purl": "pkg:maven/g/lib@2?type=jar",
                "hashes": [{"alg": "SHA-256", "content": "%s"}],
                "licenses": [{"expression": "MIT"}], "properties": [{"name": "n", "value": "v"}]
              }]
            }
            """.formatted("ab".repeat(32));

    @Test
    void acceptsAValidBillOfMaterials() throws MalformedJsonException {
        assertThat(CycloneDx.violations(BOM)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"CycloneDX\"                  | \"SPDX\"                     | bomFormat is not CycloneDX",
                "\"1.6\"                        | \"1.7\"                      | specVersion is not 1.6",
                "\"version\": 1,                | \"version\": 0,              | version is not a positive number",
                "urn:uuid:3e                    | 3e                           | serialNumber is not a URN of a UUID",
                "\"metadata\": {\"component\"   | \"metadata\": {\"other\"     | metadata has no component",
                "\"group\": \"g\"               | \"team\": \"g\"              | lib: unknown key team",
                "\"library\"                    | \"jar\"                      | lib: unknown type",
                "\"bom-ref\": \"lib\"           | \"bom-ref\": \"app\"         | lib: bom-ref is missing or not unique",
                "@2?type=jar                    | :2                           | lib: purl is malformed",
                "abab                           | ab                           | lib: hash is malformed",
                "SHA-256                        | SHA-1                        | lib: hash is malformed",
                "\"MIT\"                        | \"MIT OR Free\"              | lib: 'Free' is not an SPDX id",
                "\"expression\": \"MIT\"        | \"license\": {\"id\": \"X\"} | lib: unknown licence",
                "\"value\": \"v\"               | \"text\": \"v\"              | lib: property is malformed",
            })
    void findsWhatIsWrong(String part, String replacement, String violation) throws MalformedJsonException {
        int at = BOM.indexOf(part);
        String wrong = BOM.substring(0, at) + replacement + BOM.substring(at + part.length());

        assertThat(CycloneDx.violations(wrong)).containsExactly(violation);
    }
}
