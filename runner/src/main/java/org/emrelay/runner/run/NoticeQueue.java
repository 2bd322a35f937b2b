package org.emrelay.runner.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.SecretMask;

/** Passes a platform's notices on to the user, and keeps them until the run journals them. Thread-safe. */
public final class NoticeQueue implements Notices {
    private final Notices user;
    private final SecretMask mask;
    private final ConcurrentLinkedQueue<String> pending = new ConcurrentLinkedQueue<>();

    /** @param plan of the run, whose secrets no notice shows */
    public NoticeQueue(Notices user, ExecutionPlan plan) {
        this.user = Objects.requireNonNull(user, "user");
        this.mask = SecretMask.of(plan);
    }

    @Override
    public void notice(String text) {
        String masked = mask.mask(text);
        user.notice(masked);
        pending.add(masked);
    }

    /** Not journalled. */
    @Override
    public void status(String text) {
        user.status(mask.mask(text));
    }

    @Override
    public void warn(String text) {
        String masked = mask.mask(text);
        user.warn(masked);
        pending.add("warning: " + masked);
    }

    /** The notices since the last call. */
    List<String> take() {
        List<String> taken = new ArrayList<>();
        for (String text = pending.poll(); text != null; text = pending.poll()) {
            taken.add(text);
        }
        return taken;
    }
}
