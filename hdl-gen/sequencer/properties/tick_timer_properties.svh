    // A one-shot lasts as many clocks as it was asked for, and never more than its limit.
    logic [TICK_BITS+15:0] elapsed = 'd0;
    logic [TICK_BITS+15:0] asked_clocks = 'd0;
    logic [TICK_BITS+15:0] limit_clocks = 'd0;

    logic        past = 1'b0;

    always_comb if (!past) assume (reset);

    always_ff @(posedge clock) begin
        past <= 1'b1;
        if (start) begin
            elapsed      <= LEAD_CLOCKS;
            asked_clocks <= ticks * CLOCKS_PER_TICK;
            limit_clocks <= limit * CLOCKS_PER_TICK;
        end else if (running) elapsed <= elapsed + 'd1;
    end

    always_comb if (past && running) begin
        assert (remaining != 'd0 && phase < CLOCKS_PER_TICK);
        assert (elapsed + remaining * CLOCKS_PER_TICK - phase
                == (asked_clocks < limit_clocks ? asked_clocks : limit_clocks));
        assert (elapsed < limit_clocks);
        assert (finish == (elapsed + 'd1 == asked_clocks || elapsed + 'd1 == limit_clocks));
    end
