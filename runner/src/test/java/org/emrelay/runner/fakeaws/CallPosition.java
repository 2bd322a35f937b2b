package org.emrelay.runner.fakeaws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The n-th call of an operation. It identifies a call better than its number among all calls, because the order of concurrent calls
 * differs from run to run.
 */
public record CallPosition(String operation, int number, boolean mutates) {

    /** The positions of all these calls. */
    public static List<CallPosition> of(List<Call> calls) {
        Map<String, Integer> numbers = new HashMap<>();
        List<CallPosition> positions = new ArrayList<>();
        for (Call call : calls) {
            String operation = operation(call);
            positions.add(new CallPosition(operation, numbers.merge(operation, 1, Integer::sum), call.mutates()));
        }
        return positions;
    }

    /** The call at this position; empty if there are fewer calls of the operation. */
    public Optional<Call> in(List<Call> calls) {
        return calls.stream().filter(this::matches).skip(number - 1L).findFirst();
    }

    /** Whether a call is of this operation. */
    boolean matches(Call call) {
        return operation(call).equals(operation);
    }

    private static String operation(Call call) {
        return call.service() + ":" + call.operation();
    }

    @Override
    public String toString() {
        return operation + " " + number;
    }
}
