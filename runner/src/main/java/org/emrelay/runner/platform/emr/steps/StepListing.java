package org.emrelay.runner.platform.emr.steps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
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
import software.amazon.awssdk.services.emr.model.ListStepsResponse;
import software.amazon.awssdk.services.emr.paginators.ListStepsIterable;

/** Lists the steps of a cluster with few calls: ListSteps returns 50 per page, newest first, or ten by id. */
record StepListing(AwsContext aws, String cluster) {
    private static final int MAX_IDS_PER_CALL = 10;

    /** Lists these steps without retries, because the caller polls again in a few seconds anyway. */
    List<EmrStep> listOnce(Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        if (ids.size() <= MAX_IDS_PER_CALL) {
            try {
                return toSteps(AwsRetry.callOnce(
                        operation(),
                        () -> aws.emr()
                                .listSteps(request -> request.clusterId(cluster).stepIds(ids))));
            } catch (AwsException fault) {
                if (!fault.is(Kind.INVALID_REQUEST) && !fault.is(Kind.NOT_FOUND)) {
                    throw fault;
                }
                // If EMR does not show one of the steps yet, it rejects the whole request.
            }
        }
        Set<String> missing = new HashSet<>(ids);
        return pages(call -> AwsRetry.callOnce(operation(), call), step -> {
            missing.remove(step.id());
            return missing.isEmpty();
        });
    }

    /** Lists the steps with these names, if any, and all newer ones, which include their cleanup steps. */
    List<EmrStep> listByName(Collection<String> names) {
        return pages(call -> aws.call(operation(), call), until(names, Instant.MIN));
    }

    /**
     * Lists the steps with these names without retries.
     *
     * @param since a time before any of them was submitted
     */
    List<EmrStep> listByNameOnce(Collection<String> names, Instant since) {
        return pages(call -> AwsRetry.callOnce(operation(), call), until(names, since));
    }

    private static Predicate<EmrStep> until(Collection<String> names, Instant since) {
        Set<String> missing = new HashSet<>(names);
        return step -> {
            missing.remove(step.name());
            return missing.isEmpty()
                    || (step.created() != null && step.created().isBefore(since));
        };
    }

    /** Returns the last started step among those submitted before this one. */
    Optional<EmrStep> lastStartedBefore(EmrStep step) {
        boolean[] isPassed = {false};
        List<EmrStep> steps = pages(call -> aws.call(operation(), call), other -> {
            boolean isFound = isPassed[0] && other.hasStarted();
            isPassed[0] |= other.id().equals(step.id());
            return isFound;
        });
        int index = steps.stream().map(EmrStep::id).toList().indexOf(step.id());
        return index < 0
                ? Optional.empty()
                : steps.subList(index + 1, steps.size()).stream()
                        .filter(EmrStep::hasStarted)
                        .findFirst();
    }

    private List<EmrStep> pages(
            Function<Supplier<ListStepsResponse>, ListStepsResponse> caller, Predicate<EmrStep> isLast) {
        ListStepsIterable paginator = aws.emr().listStepsPaginator(request -> request.clusterId(cluster));
        Iterator<ListStepsResponse> pages = AwsContext.pages(paginator, caller).iterator();
        List<EmrStep> steps = new ArrayList<>();
        boolean isLastPage = false;
        while (!isLastPage && pages.hasNext()) {
            for (EmrStep step : toSteps(pages.next())) {
                steps.add(step);
                isLastPage |= isLast.test(step);
            }
        }
        return steps;
    }

    private static List<EmrStep> toSteps(ListStepsResponse page) {
        return page.steps().stream().map(EmrStep::of).toList();
    }

    private String operation() {
        return "list the steps of cluster " + cluster;
    }
}
