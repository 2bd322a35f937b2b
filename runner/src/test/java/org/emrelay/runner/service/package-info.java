@NullMarked
package org.emrelay.runner.service;

import org.jspecify.annotations.NullMarked;
