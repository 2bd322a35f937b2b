package org.emrelay.runner.stream;

import org.emrelay.runner.model.StreamDefinition.Limits;
import org.jspecify.annotations.Nullable;

/**
 * The most posts that the source may deliver, since the creation of the stream.
 *
 * @param end what is reported when they were delivered
 */
record DeliveryLimit(long posts, StreamEnd end) {

    /** The cost limit is never exceeded: it allows the posts that can be paid. */
    static DeliveryLimit of(Limits limits, @Nullable Double dollarsPerPost) {
        long posts = limits.posts() == null ? Long.MAX_VALUE : limits.posts();
        if (limits.cost() == null || dollarsPerPost == null || dollarsPerPost <= 0) {
            return new DeliveryLimit(posts, StreamEnd.POSTS_LIMIT);
        }
        // A hundredth of a post more: 20 dollars / 0.005 must be 4,000 posts whatever the rounding.
        long payable = (long) Math.floor(limits.cost() / dollarsPerPost + 0.01);
        return payable < posts
                ? new DeliveryLimit(payable, StreamEnd.COST_LIMIT)
                : new DeliveryLimit(posts, StreamEnd.POSTS_LIMIT);
    }
}
