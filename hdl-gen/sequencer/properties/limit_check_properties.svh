    // An entry without fault breaks no limit. Written from the meaning of the limits, not from the steps of the check.
    logic        past = 1'b0;
    logic        finished = 1'b0;   // the inputs are those of the check that ended last
    logic [280:0] inputs, inputs_before;
    logic        busy_before;
    logic [12:0] holds;
    logic [12:0] held = 13'd0;      // held when the check came to it
    logic [15:0] cell_above, cell_below;
    logic signed [17:0] level [0:5];   // word lines: ground, selected, unselected; then bit lines

    always_comb if (!past) assume (reset);

    function automatic within(input signed [17:0] code, input [15:0] above, input [15:0] below);
        within = code <= $signed({2'b00, above}) && code >= -$signed({2'b00, below});
    endfunction

    function automatic signed [17:0] wide(input [15:0] code);
        wide = {{2{code[15]}}, code};
    endfunction

    function automatic on_line(input signed [17:0] code, input [15:0] above, input [15:0] below);
        on_line = within(code, above, below) && code + $signed({2'b00, ZERO_CODE}) >= 18'sd0
                  && code + $signed({2'b00, ZERO_CODE}) < $signed(18'd1 << DAC_BITS);
    endfunction

    assign level[0] = 18'sd0;
    assign level[1] = wide(codes[15:0]);
    assign level[2] = wide(codes[31:16]);
    assign level[3] = 18'sd0;
    assign level[4] = wide(codes[47:32]);
    assign level[5] = wide(codes[63:48]);

    assign cell_above = sense ? read_positive : pulse_positive;
    assign cell_below = sense ? read_negative : pulse_negative;

    // Four lines; then every two levels that meet, of which ground and ground is the first.
    assign holds[0] = on_line(level[1], line_positive, line_negative);
    assign holds[1] = on_line(level[2], line_positive, line_negative);
    assign holds[2] = on_line(level[4], line_positive, line_negative);
    assign holds[3] = on_line(level[5], line_positive, line_negative);

    genvar pair;
    generate
        for (pair = 0; pair < 9; pair = pair + 1) begin : crossing
            logic               of_victim;
            logic signed [17:0] across;

            assign of_victim = kind == `KIND_CELL && pair != 4;
            assign across    = level[pair / 3] - level[3 + pair % 3];
            assign holds[4 + pair] = !(used_word[pair / 3] && used_bit[pair % 3])
                || within(across, of_victim ? unselected : cell_above, of_victim ? unselected : cell_below);
        end
    endgenerate

    assign inputs = {codes, kind, sense, used_word, used_bit, width, shortest, longest, line_positive, line_negative,
                     pulse_positive, pulse_negative, read_positive, read_negative, unselected};

    always_ff @(posedge clock) begin
        past          <= 1'b1;
        inputs_before <= inputs;
        busy_before   <= busy;
        if (reset || start || cancel) finished <= 1'b0;
        else if (busy && step == WIDTH_STEP) finished <= 1'b1;
        if (busy && step < WIDTH_STEP) held[step] <= holds[step];
    end

    // What the check asks of its surroundings: an entry, and limits, that stand still.
    always_comb if (past && (busy || busy_before)) `REQUIRE (inputs == inputs_before);

    genvar number;
    generate
        for (number = 0; number < 13; number = number + 1) begin : each
            always_comb if (past && fault == `FAULT_NONE && (busy ? step > number : finished)) assert (held[number]);
        end
    endgenerate

    always_comb if (past) begin
        if (busy) assert (step <= WIDTH_STEP && fault == `FAULT_NONE && !finished);
        if (busy_before && !busy && finished && fault == `FAULT_NONE)
            assert (width != 32'd0 && (kind == `KIND_WAIT || (width >= shortest && width <= longest)));
    end
