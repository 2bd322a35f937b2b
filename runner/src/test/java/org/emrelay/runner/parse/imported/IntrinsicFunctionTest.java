package org.emrelay.runner.parse.imported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IntrinsicFunctionTest {
    private static final String DATE = DeploymentValues.token("$.date");

    @Test
    void makesListsAndTexts() {
        assertThat(IntrinsicFunction.evaluate(
                        "States.Array('spark-submit', 'it\\'s', '\\\\', '\\{\\}', 7, States.Array())"))
                .isEqualTo(List.of("spark-submit", "it's", "\\", "{}", "7", List.of()));
        assertThat(IntrinsicFunction.evaluate("States.Format('s3://b/{}/{}/\\{\\}', $.date, $$.Execution.Name)"))
                .isEqualTo("s3://b/" + DATE + "/" + DeploymentValues.RUN + "/{}");
        assertThat(IntrinsicFunction.evaluate("States.StringSplit('a,b;c', ',;')"))
                .isEqualTo(List.of("a", "b", "c"));
        assertThat(IntrinsicFunction.evaluate("$.date")).isEqualTo(DATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "States.UUID()",
                "States.Array('a",
                "States.Array('a'",
                "States.Array('a') b",
                "States.Array(a)",
                "States.Format('{}')",
                "States.Format('a', 'b')",
                "States.StringSplit('a')",
                "States."
            })
    void whatItCannotEvaluateIsAValueOfTheDeployment(String expression) {
        assertThat(IntrinsicFunction.evaluate(expression)).isEqualTo(DeploymentValues.token(expression));
    }

    @Test
    void endsForDeeplyNestedFunctions() {
        String expression = "States.Array(".repeat(50_000);

        assertThat(IntrinsicFunction.evaluate(expression)).isEqualTo(DeploymentValues.token(expression));
    }

    @Test
    void placeholdersAndLiteralsDiffer() {
        DeploymentValues values = new DeploymentValues();
        JsonTree template = DeploymentValues.ofTemplate(new JsonTree(
                List.of("${Bucket}", DeploymentValues.prepared("\\u0024{YEAR}").replace("\\", ""))));

        assertThat(values.referring(template.value())).isEqualTo(List.of("${Bucket}", "$${YEAR}"));
        assertThat(values.parameters()).containsExactly(entry("Bucket", "{Bucket}"));
    }
}
