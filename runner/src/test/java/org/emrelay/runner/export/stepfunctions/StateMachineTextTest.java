package org.emrelay.runner.export.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.export.Reference;
import org.junit.jupiter.api.Test;

final class StateMachineTextTest {

    private final List<String> texts = new ArrayList<>();

    private Map<String, Object> arguments(String... arguments) {
        return StateMachineText.arguments(List.of(arguments), "$.texts.step1", texts);
    }

    @Test
    void argumentsWithoutTheRunAreAList() {
        assertThat(arguments("it's {a}", "s3://" + Reference.BUCKET.token() + "/x"))
                .isEqualTo(Map.of("Args", List.of("it's {a}", "s3://${Bucket}/x")));
        assertThat(texts).isEmpty();
    }

    @Test
    void argumentsWithTheRunAreAFunctionOfIt() {
        assertThat(arguments("--out", "s3://" + Reference.BUCKET.token() + "/" + Reference.RUN.token() + "/x"))
                .isEqualTo(Map.of(
                        "Args.$", "States.Array('--out', States.Format('s3://${Bucket}/{}/x', $$.Execution.Name))"));
        assertThat(texts).isEmpty();
    }

    /** How to escape them is documented, but interpreters differ. */
    @Test
    void aFunctionRefersToTextsWithSpecialCharacters() {
        assertThat(arguments(
                        "it's", Reference.RUN.token() + "/{a}/" + Reference.RUN.token(), Reference.RUN.token(), "\\"))
                .isEqualTo(Map.of(
                        "Args.$",
                        "States.Array($.texts.step1[0], States.Format('{}{}{}', $$.Execution.Name, $.texts.step1[1],"
                                + " $$.Execution.Name), $$.Execution.Name, $.texts.step1[2])"));
        assertThat(texts).containsExactly("it's", "/{a}/", "\\");
    }

    /** CloudFormation would replace it, or fail. In JSON, the text is the same. */
    @Test
    void literalDollarsAreNotThoseOfCloudFormation() {
        Map<String, Object> arguments = arguments("${Bucket}", "$x");

        assertThat(StateMachineText.json(arguments)).isEqualTo("""
                {
                  "Args" : [
                    "\\u0024{Bucket}",
                    "$x"
                  ]
                }
                """);
    }
}
