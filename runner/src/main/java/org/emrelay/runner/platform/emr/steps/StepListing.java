package org.emrelay.runner.platform.emr.steps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emr.model.ListStepsRequest;
import software.amazon.awssdk.services.emr.model.ListStepsResponse;

/** Looks at the steps of one cluster, with as few calls as EMR's quota wants: it lists 50 on a page, the newest first, or ten that are named. */
final class StepListing {
    private static final int IDS_IN_A_CALL = 10;

    private final AwsContext aws;
    private final String cluster;

    StepListing(AwsContext aws, String cluster) {
        this.aws = aws;
        this.cluster = cluster;
    }

    /** One look at these steps. Each call is made once: whoever looks every few seconds need not ask again. */
    List<EmrStep> glance(Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        if (ids.size() <= IDS_IN_A_CALL) {
            try {
                return seen(AwsRetry.once(asked(), () -> call(List.copyOf(ids), null)));
            } catch (AwsException fault) {
                if (!fault.is(Kind.INVALID) && !fault.is(Kind.ABSENT)) {
                    throw fault;
                }
                // One that EMR does not show yet makes it refuse the others too.
            }
        }
        Set<String> missing = new HashSet<>(ids);
        return pages(call -> AwsRetry.once(asked(), call), step -> {
            missing.remove(step.id());
            return missing.isEmpty();
        });
    }

    /** The steps of these names, as far as there are any, with all newer ones: the steps that end what they left among them. */
    List<EmrStep> named(Collection<String> names) {
        return pages(call -> aws.patience().ask(asked(), call), until(names, Instant.MIN));
    }

    /**
     * One look at the steps of these names, each call made once.
     *
     * @param since when there was none of them yet
     */
    List<EmrStep> glanceAtNames(Collection<String> names, Instant since) {
        return pages(call -> AwsRetry.once(asked(), call), until(names, since));
    }

    private static Predicate<EmrStep> until(Collection<String> names, Instant since) {
        Set<String> missing = new HashSet<>(names);
        return step -> {
            missing.remove(step.name());
            return missing.isEmpty()
                    || (step.created() != null && step.created().isBefore(since));
        };
    }

    /** Of the steps that came before this one, the last that had its turn. */
    Optional<EmrStep> lastStartedBefore(EmrStep step) {
        boolean[] passed = {false};
        List<EmrStep> found = pages(call -> aws.patience().ask(asked(), call), other -> {
            boolean isIt = passed[0] && other.hasStarted();
            passed[0] |= other.id().equals(step.id());
            return isIt;
        });
        int here = found.stream().map(EmrStep::id).toList().indexOf(step.id());
        return here < 0
                ? Optional.empty()
                : found.subList(here + 1, found.size()).stream()
                        .filter(EmrStep::hasStarted)
                        .findFirst();
    }

    private List<EmrStep> pages(
            Function<Supplier<ListStepsResponse>, ListStepsResponse> asking, Predicate<EmrStep> last) {
        List<EmrStep> found = new ArrayList<>();
        String marker = null;
        do {
            String here = marker;
            ListStepsResponse page = asking.apply(() -> call(List.of(), here));
            boolean enough = false;
            for (EmrStep step : seen(page)) {
                found.add(step);
                enough |= last.test(step);
            }
            marker = enough ? null : page.marker();
        } while (marker != null && !marker.isEmpty());
        return found;
    }

    private ListStepsResponse call(List<String> ids, @Nullable String marker) {
        ListStepsRequest.Builder request =
                ListStepsRequest.builder().clusterId(cluster).marker(marker);
        if (!ids.isEmpty()) {
            request.stepIds(ids);
        }
        return aws.clients().emr().listSteps(request.build());
    }

    private static List<EmrStep> seen(ListStepsResponse page) {
        return page.steps().stream().map(EmrStep::of).toList();
    }

    private String asked() {
        return "look at the steps of the cluster " + cluster;
    }
}
