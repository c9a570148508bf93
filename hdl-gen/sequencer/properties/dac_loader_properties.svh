    // A load is complete when each DAC had its frame; no two DACs are ever selected at once.
    logic [3:0] framed = 4'd0;
    logic       past = 1'b0;

    always_comb if (!past) assume (reset);

    always_ff @(posedge clock) begin
        past <= 1'b1;
        if (reset || (start && !busy)) framed <= 4'd0;
        else if (busy && frame_finish) framed[index] <= 1'b1;
    end

    always_comb if (past) begin
        assert ((~select_n & (~select_n - 4'd1)) == 4'd0);
        if (busy) assert (framed == (4'd1 << index) - 4'd1);
    end
